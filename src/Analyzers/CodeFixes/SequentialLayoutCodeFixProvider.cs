using System.Collections.Immutable;
using System.Composition;
using LuoHandlers.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.CodeFixes;

/// <summary>LUO3005: turns <c>LayoutKind.Auto</c> into <c>LayoutKind.Sequential</c>, maybe of a struct in another file than the state.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SequentialLayoutCodeFixProvider))]
[Shared]
public sealed class SequentialLayoutCodeFixProvider : ReplaceOtherNodeCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.AutomaticLayout];

    private protected override string CreateTitle(SyntaxNode node) => "Use LayoutKind.Sequential";

    // A number or a constant is left to its author.
    private protected override SyntaxNode? FindNode(SyntaxNode place) =>
        (place as MemberAccessExpressionSyntax)?.Name is { Identifier.ValueText: "Auto" } name ? name : null;

    private protected override SyntaxNode Replace(SyntaxNode node) => SyntaxFactory.IdentifierName("Sequential").WithTriviaFrom(node);
}
