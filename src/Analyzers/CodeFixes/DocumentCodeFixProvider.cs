using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LuoHandlers.CodeFixes;

/// <summary>
/// A fix that changes the document with the diagnostic, and can do so for any number of diagnostics at once: those of a document, a project or
/// a solution.
/// </summary>
public abstract class DocumentCodeFixProvider : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(
        async (context, document, diagnostics) => await FixAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (await FindTitleAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false) is { } title)
                context.RegisterCodeFix(
                    CodeAction.Create(title, cancellationToken => FixAsync(context.Document, [diagnostic], cancellationToken), GetType().Name),
                    diagnostic);
        }
    }

    /// <summary>What the fix would do, as a menu says it; null if it can't be fixed here.</summary>
    private protected abstract Task<string?> FindTitleAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken);

    /// <summary>Fixes what can be fixed of these.</summary>
    private protected abstract Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken);
}
