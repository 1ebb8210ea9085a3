using System.Collections.Immutable;
using System.Composition;
using System.Text;
using LuoHandlers.Analyzers;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.CodeFixes;

/// <summary>LUO1006 and LUO1007: gives a compatible string that is written as a literal a version that is right.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(VersionCodeFixProvider))]
[Shared]
public sealed class VersionCodeFixProvider : ReplaceNodeCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.CompatibleWithoutVersion, RuleIds.InvalidVersion];

    private protected override string CreateTitle(ImmutableArray<SyntaxNode> nodes) => $"Name it \"{CreateText(nodes[0])}\"";

    // A constant may be used elsewhere, too. And a string that does not fit any more would be no repair.
    private protected override IEnumerable<SyntaxNode> FindNodes(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is LiteralExpressionSyntax literal
        && literal.IsKind(SyntaxKind.StringLiteralExpression)
        && Encoding.UTF8.GetByteCount(CreateText(literal)) <= CompatibleBinder.MaximumByteCount
            ? [literal]
            : [];

    private protected override SyntaxNode Replace(SyntaxNode node, Diagnostic diagnostic) =>
        ((LiteralExpressionSyntax)node).WithToken(SyntaxFactory.Literal(CreateText(node)));

    private static string CreateText(SyntaxNode literal) => CompatibleString.WithValidVersion(((LiteralExpressionSyntax)literal).Token.ValueText);
}
