using System.Collections.Immutable;
using System.Composition;
using LuoHandlers.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.CodeFixes;

/// <summary>LUO3005: turns <c>LayoutKind.Auto</c> into <c>LayoutKind.Sequential</c>, maybe of a struct in another file than the state.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SequentialLayoutCodeFixProvider))]
[Shared]
public sealed class SequentialLayoutCodeFixProvider : CodeFixProvider
{
    private const string EquivalenceKey = "SequentialLayout";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.AutomaticLayout];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            // A number or a constant is left to its author.
            if (await OtherPlace.FindAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false) is not var (document, root, node)
                || (node as MemberAccessExpressionSyntax)?.Name is not { Identifier.ValueText: "Auto" } name)
            {
                continue;
            }
            context.RegisterCodeFix(
                CodeAction.Create(
                    "Use LayoutKind.Sequential",
                    _ => Task.FromResult(document.WithSyntaxRoot(root.ReplaceNode(name, SyntaxFactory.IdentifierName("Sequential").WithTriviaFrom(name)))),
                    EquivalenceKey),
                diagnostic);
        }
    }
}
