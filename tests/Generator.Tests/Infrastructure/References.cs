using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Tests.Infrastructure;

/// <summary>What the compilations of the tests reference.</summary>
internal static class References
{
    /// <summary>The reference assemblies of .NET, from the SDK's targeting pack, or else the assemblies that run this test.</summary>
    public static ImmutableArray<MetadataReference> Framework { get; } = LoadFramework();

    /// <summary>LuoHandlers.dll.</summary>
    public static MetadataReference Runtime { get; } = MetadataReference.CreateFromFile(typeof(LuoHandlers.Errno).Assembly.Location);

    /// <summary>This assembly: scripted handlers share types with the test that drives them.</summary>
    public static MetadataReference Tests { get; } = MetadataReference.CreateFromFile(typeof(References).Assembly.Location);

    public static ImmutableArray<MetadataReference> All { get; } = [.. Framework, Runtime, Tests];

    private static ImmutableArray<MetadataReference> LoadFramework()
    {
        string[] files = Directory.Exists(BuildMetadata.ReferencePackDirectory)
            ? Directory.GetFiles(BuildMetadata.ReferencePackDirectory, "*.dll")
            : ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Where(file => Path.GetFileName(file).StartsWith("System.", StringComparison.Ordinal)
                    || Path.GetFileName(file) is "mscorlib.dll" or "netstandard.dll")
                .ToArray();
        return [.. files.Order(StringComparer.Ordinal).Select(file => MetadataReference.CreateFromFile(file))];
    }
}
