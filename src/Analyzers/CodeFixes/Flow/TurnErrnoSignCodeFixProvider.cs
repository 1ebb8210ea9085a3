using System.Collections.Immutable;
using System.Composition;
using LuoHandlers.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.CodeFixes;

/// <summary>LUO4005: negates what a callback that is written by hand returns, and takes the minus out of an <c>Errno</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TurnErrnoSignCodeFixProvider))]
[Shared]
public sealed class TurnErrnoSignCodeFixProvider : ReplaceNodeCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.ErrnoSign];

    private protected override string CreateTitle(ImmutableArray<SyntaxNode> nodes) => "Turn the sign of the error number";

    private protected override IEnumerable<SyntaxNode> FindNodes(SyntaxNode root, Diagnostic diagnostic) =>
        diagnostic.Properties.ContainsKey(ErrnoSignAnalyzer.IsSignProperty)
        && root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is ExpressionSyntax expression
            ? [expression]
            : [];

    private protected override SyntaxNode Replace(SyntaxNode node, Diagnostic diagnostic)
    {
        var expression = (ExpressionSyntax)node;
        if (expression is not CastExpressionSyntax cast || WithoutParentheses(cast.Expression) is not PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression } minus)
            return Negate(expression.WithoutTrivia());
        // An Errno that went to a number and back.
        return WithoutParentheses(minus.Operand) is CastExpressionSyntax { Type: PredefinedTypeSyntax } inner
            ? inner.Expression
            : cast.WithExpression(minus.Operand.WithoutTrivia());
    }

    private static PrefixUnaryExpressionSyntax Negate(ExpressionSyntax expression) => SyntaxFactory.PrefixUnaryExpression(
        SyntaxKind.UnaryMinusExpression,
        expression is LiteralExpressionSyntax or NameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or CastExpressionSyntax or ParenthesizedExpressionSyntax
            ? expression
            : SyntaxFactory.ParenthesizedExpression(expression));

    private static ExpressionSyntax WithoutParentheses(ExpressionSyntax expression) =>
        expression is ParenthesizedExpressionSyntax parenthesized ? WithoutParentheses(parenthesized.Expression) : expression;
}
