using System.Collections.Immutable;
using System.Reflection;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>The framework that the sources under test are compiled against.</summary>
public sealed class ReferenceAssemblies
{
    private readonly Lazy<ImmutableArray<MetadataReference>> _references;

    private ReferenceAssemblies(string targetFramework, string folder)
    {
        TargetFramework = targetFramework;
        _references = new(() => [.. Directory.EnumerateFiles(folder, "*.dll").Order(StringComparer.Ordinal).Select(path => MetadataReference.CreateFromFile(path))]);
    }

    public static ReferenceAssemblies Default => Net.Net100;

    public string TargetFramework { get; }

    public Task<ImmutableArray<MetadataReference>> ResolveAsync(string? language, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_references.Value);
    }

    /// <summary>.NET.</summary>
    public static class Net
    {
        /// <summary>.NET 10: the targeting pack of the SDK that built this assembly.</summary>
        public static ReferenceAssemblies Net100 { get; } = new("net10.0", TargetingPack());

        private static string TargetingPack() =>
            typeof(ReferenceAssemblies).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .Single(attribute => attribute.Key == "NetCoreReferenceAssemblies").Value!;
    }
}
