using System.Text;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Model;

/// <summary>
/// Names generated files. The compiler compares these names without regard to case, so a hash of the exact name tells apart
/// handlers whose names differ by case only.
/// </summary>
internal static class HintName
{
    /// <param name="handler">The class that the file adds to.</param>
    /// <param name="suffix">What tells files for the same class apart.</param>
    public static string Create(INamedTypeSymbol handler, string suffix = "")
    {
        string name = GetMetadataName(handler);
        return $"{name}-{Hash(name):x8}{suffix}.g.cs";
    }

    private static string GetMetadataName(INamedTypeSymbol handler)
    {
        var name = new StringBuilder(handler.MetadataName);
        for (INamedTypeSymbol? type = handler.ContainingType; type is not null; type = type.ContainingType)
            name.Insert(0, '+').Insert(0, type.MetadataName);
        for (INamespaceSymbol? space = handler.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
            name.Insert(0, '.').Insert(0, space.Name);
        return name.ToString();
    }

    // FNV-1a: the same in every process, which string.GetHashCode is not.
    private static uint Hash(string text)
    {
        uint hash = 2166136261;
        foreach (char character in text)
            hash = unchecked((hash ^ character) * 16777619);
        return hash;
    }
}
