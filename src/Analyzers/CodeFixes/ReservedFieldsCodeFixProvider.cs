using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using LuoHandlers.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.CodeFixes;

/// <summary>LUO3006: writes fields where the padding of a state is.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReservedFieldsCodeFixProvider))]
[Shared]
public sealed class ReservedFieldsCodeFixProvider : CodeFixProvider
{
    private const string EquivalenceKey = "ReservedFields";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.HiddenPadding];

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
            if (ReservedFieldWriter.FindGap(root, diagnostic) is not { } gap)
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(
                    $"Write reserved fields for {gap.Size.ToString(CultureInfo.InvariantCulture)} bytes at offset {gap.Offset.ToString(CultureInfo.InvariantCulture)}",
                    cancellationToken => FixAsync(context.Document, [diagnostic], cancellationToken),
                    EquivalenceKey),
                diagnostic);
        }
    }

    private static async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root)
            return document;
        string endOfLine = NewCode.FindEndOfLine(await document.GetTextAsync(cancellationToken).ConfigureAwait(false));
        ILookup<TypeDeclarationSyntax, ReservedGap> gaps = diagnostics
            .Select(diagnostic => ReservedFieldWriter.FindGap(root, diagnostic))
            .OfType<ReservedGap>()
            .ToLookup(gap => gap.State);
        // The syntax of a nested state stays the one that the gaps know: none of the new code is in another state's.
        return document.WithSyntaxRoot(root.ReplaceNodes(
            gaps.Select(each => each.Key),
            (original, declaration) => ReservedFieldWriter.Write(original, declaration, gaps[original].OrderBy(gap => gap.Offset), endOfLine)));
    }
}
