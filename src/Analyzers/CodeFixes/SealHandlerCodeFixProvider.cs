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

    // After the accessibility, before all else. Without one, what stands before the first word (comments, indentation) belongs before it.
    private protected override SyntaxNode Replace(SyntaxNode node, Diagnostic diagnostic)
    {
        var declaration = (TypeDeclarationSyntax)node;
        SyntaxToken keyword = SyntaxFactory.Token(SyntaxKind.SealedKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        SyntaxTokenList modifiers = declaration.Modifiers;
        int index = modifiers.TakeWhile(modifier => SyntaxFacts.IsAccessibilityModifier(modifier.Kind())).Count();
        if (index > 0)
            return declaration.WithModifiers(modifiers.Insert(index, keyword));
        if (modifiers.Count > 0)
        {
            SyntaxToken first = modifiers[0];
            modifiers = modifiers.Replace(first, first.WithLeadingTrivia()).Insert(0, keyword.WithLeadingTrivia(first.LeadingTrivia));
            return declaration.WithModifiers(modifiers);
        }
        return declaration
            .WithModifiers(SyntaxFactory.TokenList(keyword.WithLeadingTrivia(declaration.Keyword.LeadingTrivia)))
            .WithKeyword(declaration.Keyword.WithLeadingTrivia());
    }
}
