using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using LuoHandlers.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.CodeFixes;

/// <summary>LUO3006: writes fields where the padding of a state is.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReservedFieldsCodeFixProvider))]
[Shared]
public sealed class ReservedFieldsCodeFixProvider : DocumentCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.HiddenPadding];

    private protected override async Task<string?> FindTitleAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken) =>
        await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is { } root && ReservedFieldWriter.FindGap(root, diagnostic) is { } gap
            ? $"Write reserved fields for {gap.Size.ToString(CultureInfo.InvariantCulture)} bytes at offset {gap.Offset.ToString(CultureInfo.InvariantCulture)}"
            : null;

    private protected override async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
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
