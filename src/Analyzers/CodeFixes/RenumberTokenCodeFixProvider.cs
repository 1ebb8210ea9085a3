using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using LuoHandlers.Analyzers;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.CodeFixes;

/// <summary>LUO5002: gives a property the lowest token above 0 that its session does not use.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RenumberTokenCodeFixProvider))]
[Shared]
public sealed class RenumberTokenCodeFixProvider : DocumentCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.TokenUsedTwice];

    private protected override async Task<string?> FindTitleAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var tokens = await FindTokensAsync(document, [diagnostic], cancellationToken).ConfigureAwait(false);
        return tokens.Count == 0 ? null : $"Use token {tokens.Values.First().ToString(CultureInfo.InvariantCulture)}";
    }

    private protected override async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var tokens = await FindTokensAsync(document, diagnostics, cancellationToken).ConfigureAwait(false);
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root)
            return document;
        return document.WithSyntaxRoot(root.ReplaceNodes(
            tokens.Keys,
            (argument, _) => NewCode.CreateNumber(tokens[argument]).WithTriviaFrom(argument)));
    }

    /// <summary>The arguments to replace and their new tokens: different ones within each session.</summary>
    private static async Task<Dictionary<ExpressionSyntax, ulong>> FindTokensAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var tokens = new Dictionary<ExpressionSyntax, ulong>();
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model)
        {
            return tokens;
        }
        var used = new Dictionary<ISymbol, HashSet<ulong>>(SymbolEqualityComparer.Default);
        foreach (Diagnostic diagnostic in diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start))
        {
            if (root.FindNode(diagnostic.Location.SourceSpan) is not AttributeArgumentSyntax argument
                || argument.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } declaration
                || model.GetDeclaredSymbol(declaration, cancellationToken) is not INamedTypeSymbol session)
            {
                continue;
            }
            if (!used.TryGetValue(session, out HashSet<ulong>? taken))
                used.Add(session, taken = [.. SessionBinder.Bind(session, cancellationToken).Tokens.Select(token => token.Token)]);
            ulong free = 1;
            while (!taken.Add(free))
                free++;
            tokens[argument.Expression] = free;
        }
        return tokens;
    }
}
