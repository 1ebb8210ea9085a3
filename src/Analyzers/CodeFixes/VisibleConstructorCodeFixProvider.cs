using System.Collections.Immutable;
using System.Composition;
using LuoHandlers.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.CodeFixes;

/// <summary>LUO1011: makes the constructor of a handler internal.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(VisibleConstructorCodeFixProvider))]
[Shared]
public sealed class VisibleConstructorCodeFixProvider : ReplaceNodeCodeFixProvider
{
    private static readonly SyntaxKind[] Accessibilities = [SyntaxKind.PrivateKeyword, SyntaxKind.ProtectedKeyword];

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.NotConstructible];

    private protected override string CreateTitle(ImmutableArray<SyntaxNode> nodes) => "Make the constructor internal";

    // A constructor whose parameters nobody else could name is not where the diagnostic is.
    private protected override IEnumerable<SyntaxNode> FindNodes(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan) is ConstructorDeclarationSyntax constructor ? [constructor] : [];

    private protected override SyntaxNode Replace(SyntaxNode node, Diagnostic diagnostic) =>
        TypeModifiers.With(TypeModifiers.Without((ConstructorDeclarationSyntax)node, Accessibilities), SyntaxKind.InternalKeyword, 0);
}
