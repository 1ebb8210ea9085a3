using System.Collections.Immutable;
using System.Composition;
using LuoHandlers.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.CodeFixes;

/// <summary>LUO4017: calls a method of the file only if there is a file.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TestFileForNullCodeFixProvider))]
[Shared]
public sealed class TestFileForNullCodeFixProvider : ReplaceNodeCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.NullFile];

    private protected override string CreateTitle(ImmutableArray<SyntaxNode> nodes) => "Call only if there is a file";

    private protected override IEnumerable<SyntaxNode> FindNodes(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is IdentifierNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } }
        && NullableCall.IsOptional(call)
            ? [call]
            : [];

    private protected override SyntaxNode Replace(SyntaxNode node, Diagnostic diagnostic) => NullableCall.Create((InvocationExpressionSyntax)node);
}
