using System.Collections.Immutable;
using System.Composition;
using LuoHandlers.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.CodeFixes;

/// <summary>LUO4015: calls the method that throws instead of the one whose result nobody reads.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CallThrowingTwinCodeFixProvider))]
[Shared]
public sealed class CallThrowingTwinCodeFixProvider : ReplaceNodeCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.DiscardedResult];

    private protected override string CreateTitle(ImmutableArray<SyntaxNode> nodes) => "Call what throws instead";

    private protected override IEnumerable<SyntaxNode> FindNodes(SyntaxNode root, Diagnostic diagnostic) =>
        diagnostic.Properties.ContainsKey(DiscardedResultAnalyzer.ThrowingTwinProperty)
        && root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access }
            ? [access]
            : [];

    private protected override SyntaxNode Replace(SyntaxNode node, Diagnostic diagnostic)
    {
        var access = (MemberAccessExpressionSyntax)node;
        string twin = diagnostic.Properties[DiscardedResultAnalyzer.ThrowingTwinProperty]!;
        // The same name is on the kernel itself, not on its orchestrator.
        return access.Name.Identifier.ValueText == twin && access.Expression is MemberAccessExpressionSyntax orchestrator
            ? access.WithExpression(orchestrator.Expression)
            : access.WithName(SyntaxFactory.IdentifierName(twin));
    }
}
