using System.Collections.Immutable;
using System.Composition;
using System.Text;
using LuoHandlers.Analyzers;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.CodeFixes;

/// <summary>LUO1006 and LUO1007: gives a compatible string that is written as a literal a version that is right.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(VersionCodeFixProvider))]
[Shared]
public sealed class VersionCodeFixProvider : CodeFixProvider
{
    private const string EquivalenceKey = "Version";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.CompatibleWithoutVersion, RuleIds.InvalidVersion];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(
        static async (context, document, diagnostics) => await FixAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
            return;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (FindLiteral(root, diagnostic) is not { } literal)
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(
                    $"Name it \"{CompatibleString.WithValidVersion(literal.Token.ValueText)}\"",
                    cancellationToken => FixAsync(context.Document, [diagnostic], cancellationToken),
                    EquivalenceKey),
                diagnostic);
        }
    }

    private static async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root)
            return document;
        IEnumerable<LiteralExpressionSyntax> literals = diagnostics.Select(diagnostic => FindLiteral(root, diagnostic)).OfType<LiteralExpressionSyntax>().Distinct();
        return document.WithSyntaxRoot(root.ReplaceNodes(
            literals,
            static (_, literal) => literal.WithToken(
                SyntaxFactory.Literal(CompatibleString.WithValidVersion(literal.Token.ValueText)).WithTriviaFrom(literal.Token))));
    }

    // A constant may be used elsewhere, too. And a string that does not fit any more would be no repair.
    private static LiteralExpressionSyntax? FindLiteral(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is LiteralExpressionSyntax literal
        && literal.IsKind(SyntaxKind.StringLiteralExpression)
        && Encoding.UTF8.GetByteCount(CompatibleString.WithValidVersion(literal.Token.ValueText)) <= CompatibleBinder.MaximumByteCount
            ? literal
            : null;
}
