using System.Collections.Immutable;
using System.Composition;
using LuoHandlers.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.CodeFixes;

/// <summary>LUO1010: seals a handler.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SealHandlerCodeFixProvider))]
[Shared]
public sealed class SealHandlerCodeFixProvider : ReplaceNodeCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.NotSealed];

    private protected override string CreateTitle(ImmutableArray<SyntaxNode> nodes) => $"Seal '{((TypeDeclarationSyntax)nodes[0]).Identifier.ValueText}'";

    private protected override IEnumerable<SyntaxNode> FindNodes(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan) is TypeDeclarationSyntax declaration and (ClassDeclarationSyntax or RecordDeclarationSyntax)
        && !declaration.Modifiers.Any(SyntaxKind.SealedKeyword)
            ? [declaration]
            : [];

    // After the accessibility, before all else.
    private protected override SyntaxNode Replace(SyntaxNode node, Diagnostic diagnostic)
    {
        var declaration = (TypeDeclarationSyntax)node;
        return TypeModifiers.With(
            declaration,
            SyntaxKind.SealedKeyword,
            declaration.Modifiers.TakeWhile(modifier => SyntaxFacts.IsAccessibilityModifier(modifier.Kind())).Count());
    }
}
