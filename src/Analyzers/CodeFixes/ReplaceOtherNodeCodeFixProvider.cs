using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LuoHandlers.CodeFixes;

/// <summary>A fix that replaces a piece of syntax at the other place that a diagnostic names, which may be in another document.</summary>
public abstract class ReplaceOtherNodeCodeFixProvider : CodeFixProvider
{
    // Several diagnostics may name the same place, from several documents; their changes are merged into one.
    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (diagnostic.AdditionalLocations.Count == 0
                || diagnostic.AdditionalLocations[0] is not { SourceTree: { } tree } location
                || context.Document.Project.Solution.GetDocument(tree) is not { } document
                || await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root
                || FindNode(root.FindNode(location.SourceSpan, getInnermostNodeForTie: true)) is not { } node)
            {
                continue;
            }
            context.RegisterCodeFix(
                CodeAction.Create(
                    CreateTitle(node),
                    _ => Task.FromResult(document.WithSyntaxRoot(root.ReplaceNode(node, Replace(node)))),
                    GetType().Name),
                diagnostic);
        }
    }

    /// <summary>What the fix replaces at the other place; null if it can't be fixed there.</summary>
    private protected abstract SyntaxNode? FindNode(SyntaxNode place);

    /// <summary>What the fix puts in its place.</summary>
    private protected abstract SyntaxNode Replace(SyntaxNode node);

    /// <summary>What the fix would do, as a menu says it.</summary>
    private protected abstract string CreateTitle(SyntaxNode node);
}
