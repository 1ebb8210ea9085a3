using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;

namespace LuoHandlers.CodeFixes;

/// <summary>A fix that replaces one piece of syntax near the diagnostic, without regard to the rest; so all of them can be applied at once.</summary>
public abstract class ReplaceNodeCodeFixProvider : CodeFixProvider
{
    private protected abstract string Title { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(
        async (context, document, diagnostics) => await FixAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
            return;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (FindNode(root, diagnostic) is not null)
                context.RegisterCodeFix(
                    CodeAction.Create(Title, cancellationToken => FixAsync(context.Document, [diagnostic], cancellationToken), GetType().Name),
                    diagnostic);
        }
    }

    /// <summary>What the fix replaces; null if it can't be fixed here.</summary>
    private protected abstract SyntaxNode? FindNode(SyntaxNode root, Diagnostic diagnostic);

    /// <summary>What the fix puts in its place.</summary>
    private protected abstract SyntaxNode Replace(SyntaxNode node, Diagnostic diagnostic);

    private async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in diagnostics)
        {
            if (FindNode(editor.OriginalRoot, diagnostic) is { } node)
                editor.ReplaceNode(node, (current, _) => Replace(current, diagnostic).WithTriviaFrom(current));
        }
        return editor.GetChangedDocument();
    }
}
