using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LuoHandlers.Generator.Model;

/// <summary>Writes names so that keywords among them stay names.</summary>
internal static class Identifier
{
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None
            ? "@" + name
            : name;

    /// <summary>Escapes each part of a dotted name.</summary>
    public static string EscapeDotted(string name) => string.Join(".", name.Split('.').Select(Escape));

    public static string Qualify(INamespaceSymbol space) => space.ContainingNamespace is { IsGlobalNamespace: false } outer
        ? $"{Qualify(outer)}.{Escape(space.Name)}"
        : Escape(space.Name);
}
