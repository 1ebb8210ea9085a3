using System.Collections.Immutable;
using System.Composition;
using LuoHandlers.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.CodeFixes;

/// <summary>LUO4014: disposes a lease at the end of the block.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UseLeaseCodeFixProvider))]
[Shared]
public sealed class UseLeaseCodeFixProvider : ReplaceNodeCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.Lease];

    private protected override string CreateTitle(ImmutableArray<SyntaxNode> nodes) => "Add 'using'";

    private protected override IEnumerable<SyntaxNode> FindNodes(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is InvocationExpressionSyntax
        { Parent: EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax or GlobalStatementSyntax } statement } } }
            ? [statement]
            : [];

    private protected override SyntaxNode Replace(SyntaxNode node, Diagnostic diagnostic)
    {
        var statement = (LocalDeclarationStatementSyntax)node;
        return statement
            .WithoutLeadingTrivia()
            .WithUsingKeyword(SyntaxFactory.Token(SyntaxKind.UsingKeyword).WithTrailingTrivia(SyntaxFactory.Space));
    }
}
