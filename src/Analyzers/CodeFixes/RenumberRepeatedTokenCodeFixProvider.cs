using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using LuoHandlers.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.CodeFixes;

/// <summary>LUO5003: gives a file a token that its method does not use.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RenumberRepeatedTokenCodeFixProvider))]
[Shared]
public sealed class RenumberRepeatedTokenCodeFixProvider : RenumberCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.TokenRepeated];

    // A constant says that the two are meant to be the same.
    private protected override ExpressionSyntax? FindToken(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<ArgumentSyntax>()?.Expression as LiteralExpressionSyntax;

    private protected override object? FindScope(ExpressionSyntax token, SemanticModel model, CancellationToken cancellationToken) =>
        token.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax) ?? token.SyntaxTree.GetRoot(cancellationToken);

    // Every constant that a method gets: more than tokens, but a token needs no particular number.
    private protected override IEnumerable<ulong> FindUsed(object scope, SemanticModel model, CancellationToken cancellationToken) => ((SyntaxNode)scope).DescendantNodes()
        .OfType<ArgumentSyntax>()
        .Select(argument => model.GetConstantValue(argument.Expression, cancellationToken))
        .Where(constant => constant is { HasValue: true, Value: int or uint or long or ulong })
        .Select(constant => constant.Value is ulong number ? number : unchecked((ulong)Convert.ToInt64(constant.Value, CultureInfo.InvariantCulture)));
}
