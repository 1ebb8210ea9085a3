using System.Reflection;

namespace LuoHandlers.Generator.Tests.Infrastructure;

/// <summary>What the project file tells the tests.</summary>
internal static class BuildMetadata
{
    public static string ProjectDirectory => Get(nameof(ProjectDirectory));

    public static string ReferencePackDirectory => Get(nameof(ReferencePackDirectory));

    private static string Get(string key) => typeof(BuildMetadata).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == key)
        .Value!;
}
