using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.Generator.Incremental;

/// <summary>Compares what two versions of a file declare.</summary>
internal static class TreeDeclarations
{
    private static readonly ImmutableHashSet<string> CallbackNames =
        [.. CallbackDefinitions.All.Concat(FlbCallbackDefinitions.All).Select(callback => callback.Name)];

    /// <summary>Whether the two declare the same, up to the bodies of methods, and to methods that no binder looks at.</summary>
    public static bool AreSame(SyntaxTree tree, SyntaxTree earlier)
    {
        if (!tree.Options.Equals(earlier.Options))
            return false;
        SyntaxNode root = tree.GetRoot();
        SyntaxNode earlierRoot = earlier.GetRoot();
        // A directive can change what any line after it means, #nullable for one.
        return !root.ContainsDirectives && !earlierRoot.ContainsDirectives && AreSame(root, earlierRoot);
    }

    private static bool AreSame(SyntaxNode node, SyntaxNode earlier)
    {
        if (node.RawKind != earlier.RawKind)
            return false;
        return (node, earlier) switch
        {
            (CompilationUnitSyntax unit, CompilationUnitSyntax earlierUnit) =>
                AreEquivalent(unit.WithMembers(default), earlierUnit.WithMembers(default)) && AreSame(unit.Members, earlierUnit.Members),
            (BaseNamespaceDeclarationSyntax space, BaseNamespaceDeclarationSyntax earlierSpace) =>
                AreEquivalent(space.WithMembers(default), earlierSpace.WithMembers(default)) && AreSame(space.Members, earlierSpace.Members),
            (TypeDeclarationSyntax type, TypeDeclarationSyntax earlierType) =>
                AreEquivalent(type.WithMembers(default), earlierType.WithMembers(default)) && AreSame(type.Members, earlierType.Members),
            (MethodDeclarationSyntax method, MethodDeclarationSyntax earlierMethod) =>
                SyntaxFactory.AreEquivalent(method, earlierMethod, topLevel: true),
            _ => AreEquivalent(node, earlier),
        };
    }

    private static bool AreSame(SyntaxList<MemberDeclarationSyntax> members, SyntaxList<MemberDeclarationSyntax> earlier)
    {
        using IEnumerator<MemberDeclarationSyntax> these = members.Where(IsLookedAt).GetEnumerator();
        using IEnumerator<MemberDeclarationSyntax> those = earlier.Where(IsLookedAt).GetEnumerator();
        while (these.MoveNext())
        {
            if (!those.MoveNext() || !AreSame(these.Current, those.Current))
                return false;
        }
        return !those.MoveNext();
    }

    // Callbacks are found by their names, also in base classes; upgrades by their attribute; what a class implements by hand, by the interface's name.
    private static bool IsLookedAt(MemberDeclarationSyntax member) => member is not MethodDeclarationSyntax
    {
        AttributeLists.Count: 0,
        ExplicitInterfaceSpecifier: null,
        Identifier.ValueText: var name,
    }
        || CallbackNames.Contains(name);

    private static bool AreEquivalent(SyntaxNode node, SyntaxNode earlier) => SyntaxFactory.AreEquivalent(node, earlier, topLevel: false);
}
