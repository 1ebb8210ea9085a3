using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.CodeFixes;

/// <summary>LUO1001: makes a type, and those it is nested in, partial.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialCodeFixProvider))]
[Shared]
public sealed class MakePartialCodeFixProvider : ReplaceNodeCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Analyzers.RuleIds.NotPartial];

    private protected override string CreateTitle(ImmutableArray<SyntaxNode> nodes) =>
        $"Make {string.Join(" and ", nodes.Reverse().Cast<TypeDeclarationSyntax>().Select(declaration => $"'{declaration.Identifier.ValueText}'"))} partial";

    // From the inside out. A type with several declarations may be reported at one that is partial already, in another file.
    private protected override IEnumerable<SyntaxNode> FindNodes(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan)
            .AncestorsAndSelf()
            .OfType<TypeDeclarationSyntax>()
            .Where(declaration => !declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    // The language wants it last. Without other modifiers, what stands before the keyword (comments, indentation) belongs before it.
    private protected override SyntaxNode Replace(SyntaxNode node, Diagnostic diagnostic)
    {
        var declaration = (TypeDeclarationSyntax)node;
        SyntaxToken partial = SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        if (declaration.Modifiers.Count > 0)
            return declaration.WithModifiers(declaration.Modifiers.Add(partial));
        SyntaxToken keyword = declaration.Keyword;
        return declaration
            .WithKeyword(keyword.WithLeadingTrivia())
            .WithModifiers(SyntaxFactory.TokenList(partial.WithLeadingTrivia(keyword.LeadingTrivia)));
    }
}
