using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using LuoHandlers.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.CodeFixes;

/// <summary>LUO5003: gives a file the lowest token above 0 that its method does not preserve another one under.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RenumberRepeatedTokenCodeFixProvider))]
[Shared]
public sealed class RenumberRepeatedTokenCodeFixProvider : DocumentCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.TokenRepeated];

    private protected override async Task<string?> FindTitleAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var tokens = await FindTokensAsync(document, [diagnostic], cancellationToken).ConfigureAwait(false);
        return tokens.Count == 0 ? null : $"Use token {tokens.Values.First().ToString(CultureInfo.InvariantCulture)}";
    }

    private protected override async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var tokens = await FindTokensAsync(document, diagnostics, cancellationToken).ConfigureAwait(false);
        return await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is { } root
            ? document.WithSyntaxRoot(root.ReplaceNodes(tokens.Keys, (literal, _) => NewCode.CreateNumber(tokens[literal]).WithTriviaFrom(literal)))
            : document;
    }

    private static async Task<Dictionary<LiteralExpressionSyntax, ulong>> FindTokensAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var tokens = new Dictionary<LiteralExpressionSyntax, ulong>();
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model)
        {
            return tokens;
        }
        var used = new Dictionary<SyntaxNode, HashSet<ulong>>();
        foreach (Diagnostic diagnostic in diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start))
        {
            // A constant says that the two are meant to be the same.
            if (root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<ArgumentSyntax>()?.Expression is not LiteralExpressionSyntax literal)
                continue;
            SyntaxNode body = literal.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax) ?? root;
            if (!used.TryGetValue(body, out HashSet<ulong>? taken))
                used.Add(body, taken = FindUsed(body, model, cancellationToken));
            ulong free = 1;
            while (!taken.Add(free))
                free++;
            tokens[literal] = free;
        }
        return tokens;
    }

    /// <summary>Every constant that a session's method gets: more than tokens, but a token needs no particular number.</summary>
    private static HashSet<ulong> FindUsed(SyntaxNode body, SemanticModel model, CancellationToken cancellationToken) =>
    [
        .. body.DescendantNodes()
            .OfType<ArgumentSyntax>()
            .Select(argument => model.GetConstantValue(argument.Expression, cancellationToken))
            .Where(constant => constant is { HasValue: true, Value: int or uint or long or ulong })
            .Select(constant => constant.Value is ulong number ? number : unchecked((ulong)Convert.ToInt64(constant.Value, CultureInfo.InvariantCulture))),
    ];
}
