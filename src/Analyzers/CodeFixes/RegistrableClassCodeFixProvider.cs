using System.Collections.Immutable;
using System.Composition;
using LuoHandlers.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.CodeFixes;

/// <summary>LUO1002: takes away the modifier because of which a handler, or a type around it, can't be registered.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RegistrableClassCodeFixProvider))]
[Shared]
public sealed class RegistrableClassCodeFixProvider : ReplaceNodeCodeFixProvider
{
    private static readonly SyntaxKind[] Obstacles = [SyntaxKind.AbstractKeyword, SyntaxKind.StaticKeyword, SyntaxKind.FileKeyword];

    private static readonly SyntaxKind[] Accessibilities =
        [SyntaxKind.PrivateKeyword, SyntaxKind.ProtectedKeyword, SyntaxKind.InternalKeyword, SyntaxKind.PublicKeyword];

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.NotRegistrable];

    private protected override string CreateTitle(ImmutableArray<SyntaxNode> nodes)
    {
        var declaration = (TypeDeclarationSyntax)nodes[0];
        return FindObstacle(declaration) is { } obstacle ? $"Remove '{obstacle.ValueText}'" : $"Make '{declaration.Identifier.ValueText}' internal";
    }

    private protected override IEnumerable<SyntaxNode> FindNodes(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan) is TypeDeclarationSyntax declaration && CanBeFixed(declaration)
            ? [declaration]
            : [];

    private protected override SyntaxNode Replace(SyntaxNode node, Diagnostic diagnostic)
    {
        var declaration = (TypeDeclarationSyntax)node;
        return FindObstacle(declaration) is { } obstacle
            ? TypeModifiers.Without(declaration, obstacle.Kind())
            : TypeModifiers.With(TypeModifiers.Without(declaration, Accessibilities), SyntaxKind.InternalKeyword, 0);
    }

    // What is generic, or no class at all, is another design; and somebody has to write what is abstract.
    private static bool CanBeFixed(TypeDeclarationSyntax declaration) =>
        declaration.TypeParameterList is null
        && !declaration.Members.Any(member => member.Modifiers.Any(SyntaxKind.AbstractKeyword))
        && (FindObstacle(declaration) is not null || (declaration.Parent is TypeDeclarationSyntax && !IsVisible(declaration)));

    private static SyntaxToken? FindObstacle(TypeDeclarationSyntax declaration) =>
        declaration.Modifiers.Where(modifier => Obstacles.Contains(modifier.Kind())).Select(modifier => (SyntaxToken?)modifier).FirstOrDefault();

    private static bool IsVisible(TypeDeclarationSyntax declaration) =>
        declaration.Modifiers.Any(SyntaxKind.PublicKeyword) || declaration.Modifiers.Any(SyntaxKind.InternalKeyword);
}
