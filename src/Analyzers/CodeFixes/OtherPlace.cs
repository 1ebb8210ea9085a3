using Microsoft.CodeAnalysis;

namespace LuoHandlers.CodeFixes;

/// <summary>The place that a diagnostic names besides its own: where the mistake is to be mended.</summary>
internal static class OtherPlace
{
    /// <summary>The document, its root and the node of the first additional location; null if there is none.</summary>
    public static async Task<(Document Document, SyntaxNode Root, SyntaxNode Node)?> FindAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (diagnostic.AdditionalLocations.Count == 0
            || diagnostic.AdditionalLocations[0] is not { SourceTree: { } tree } location
            || document.Project.Solution.GetDocument(tree) is not { } other
            || await other.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root)
        {
            return null;
        }
        return (other, root, root.FindNode(location.SourceSpan, getInnermostNodeForTie: true));
    }
}
