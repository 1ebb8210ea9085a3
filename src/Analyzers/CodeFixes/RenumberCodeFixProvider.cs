using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.CodeFixes;

/// <summary>A fix that gives files other tokens: the lowest ones above 0 that are free.</summary>
public abstract class RenumberCodeFixProvider : DocumentCodeFixProvider
{
    private protected sealed override async Task<string?> FindTitleAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var tokens = await FindTokensAsync(document, [diagnostic], cancellationToken).ConfigureAwait(false);
        return tokens.Count == 0 ? null : $"Use token {tokens.Values.First().ToString(CultureInfo.InvariantCulture)}";
    }

    private protected sealed override async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var tokens = await FindTokensAsync(document, diagnostics, cancellationToken).ConfigureAwait(false);
        return await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is { } root
            ? document.WithSyntaxRoot(root.ReplaceNodes(tokens.Keys, (token, _) => NewCode.CreateNumber(tokens[token]).WithTriviaFrom(token)))
            : document;
    }

    /// <summary>The token that is to change; null if it can't be changed.</summary>
    private protected abstract ExpressionSyntax? FindToken(SyntaxNode root, Diagnostic diagnostic);

    /// <summary>Where its number must differ from all others: the same object for all tokens in it.</summary>
    private protected abstract object? FindScope(ExpressionSyntax token, SemanticModel model, CancellationToken cancellationToken);

    /// <summary>The numbers that are used in a scope.</summary>
    private protected abstract IEnumerable<ulong> FindUsed(object scope, SemanticModel model, CancellationToken cancellationToken);

    private async Task<Dictionary<ExpressionSyntax, ulong>> FindTokensAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var tokens = new Dictionary<ExpressionSyntax, ulong>();
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model)
        {
            return tokens;
        }
        var used = new Dictionary<object, HashSet<ulong>>();
        foreach (Diagnostic diagnostic in diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start))
        {
            if (FindToken(root, diagnostic) is not { } token || FindScope(token, model, cancellationToken) is not { } scope)
                continue;
            if (!used.TryGetValue(scope, out HashSet<ulong>? taken))
                used.Add(scope, taken = [.. FindUsed(scope, model, cancellationToken)]);
            ulong free = 1;
            while (!taken.Add(free))
                free++;
            tokens[token] = free;
        }
        return tokens;
    }
}
