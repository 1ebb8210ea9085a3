using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.CodeFixes;

/// <summary>A fix that replaces pieces of syntax near the diagnostic, each without regard to the rest.</summary>
public abstract class ReplaceNodeCodeFixProvider : DocumentCodeFixProvider
{
    /// <summary>What the fix replaces, most often one node; none if it can't be fixed here.</summary>
    private protected abstract IEnumerable<SyntaxNode> FindNodes(SyntaxNode root, Diagnostic diagnostic);

    /// <summary>What the fix puts in the place of a node.</summary>
    private protected abstract SyntaxNode Replace(SyntaxNode node, Diagnostic diagnostic);

    /// <summary>What the fix would do to these nodes, as a menu says it.</summary>
    private protected abstract string CreateTitle(ImmutableArray<SyntaxNode> nodes);

    private protected sealed override async Task<string?> FindTitleAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root)
            return null;
        var nodes = FindNodes(root, diagnostic).ToImmutableArray();
        return nodes.IsEmpty ? null : CreateTitle(nodes);
    }

    private protected sealed override async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root)
            return document;
        // Of two diagnostics for one node, one mends it.
        var changes = new Dictionary<SyntaxNode, Diagnostic>();
        foreach (Diagnostic diagnostic in diagnostics)
        {
            foreach (SyntaxNode node in FindNodes(root, diagnostic))
                changes[node] = diagnostic;
        }
        return document.WithSyntaxRoot(root.ReplaceNodes(
            changes.Keys,
            (original, current) => Replace(current, changes[original]).WithTriviaFrom(current)));
    }
}
