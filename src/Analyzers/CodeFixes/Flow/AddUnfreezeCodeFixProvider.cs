using System.Collections.Immutable;
using System.Composition;
using LuoHandlers.Analyzers;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LuoHandlers.CodeFixes;

/// <summary>LUO4013: writes an Unfreeze for its author to fill in.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddUnfreezeCodeFixProvider))]
[Shared]
public sealed class AddUnfreezeCodeFixProvider : DocumentCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.MissingUnfreeze];

    private protected override async Task<string?> FindTitleAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken) =>
        await FindAsync(document, diagnostic, cancellationToken).ConfigureAwait(false) is null ? null : "Write Unfreeze";

    private protected override async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        // From the end: what is before stays where the diagnostics say.
        foreach (Diagnostic diagnostic in diagnostics.OrderByDescending(diagnostic => diagnostic.Location.SourceSpan.Start))
        {
            if (await FindAsync(document, diagnostic, cancellationToken).ConfigureAwait(false) is { } place)
                document = await OptionalCallback.AddAsync(place, CallbackDefinitions.Get(CallbackKind.Unfreeze), cancellationToken).ConfigureAwait(false);
        }
        return document;
    }

    private static async Task<HandlerPlace?> FindAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken) =>
        await HandlerPlace.FindAsync(document, diagnostic.Location.SourceSpan, cancellationToken).ConfigureAwait(false) is { } place
        && place.Callbacks.MissingOptional.Any(definition => definition.Kind == CallbackKind.Unfreeze)
            ? place
            : null;
}
