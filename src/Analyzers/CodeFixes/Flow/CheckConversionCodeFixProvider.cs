using System.Collections.Immutable;
using System.Composition;
using LuoHandlers.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.CodeFixes;

/// <summary>LUO4009: checks a conversion, so that a value that does not fit fails Preserve instead of being cut.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CheckConversionCodeFixProvider))]
[Shared]
public sealed class CheckConversionCodeFixProvider : ReplaceNodeCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.NarrowedValue];

    private protected override string CreateTitle(ImmutableArray<SyntaxNode> nodes) => "Convert in 'checked'";

    private protected override IEnumerable<SyntaxNode> FindNodes(SyntaxNode root, Diagnostic diagnostic) =>
        diagnostic.Properties.ContainsKey(NarrowedValueAnalyzer.IsConversionProperty)
        && root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<CastExpressionSyntax>() is { } conversion
            ? [conversion]
            : [];

    private protected override SyntaxNode Replace(SyntaxNode node, Diagnostic diagnostic) =>
        SyntaxFactory.CheckedExpression(SyntaxKind.CheckedExpression, ((ExpressionSyntax)node).WithoutTrivia());
}
