using System.Collections.Immutable;
using System.Composition;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;

namespace LuoHandlers.CodeFixes;

/// <summary><em>Add optional callback</em>: writes one of those that LUO does not require of a handler, with the types and names of the others.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(AddOptionalCallbackRefactoringProvider))]
[Shared]
public sealed class AddOptionalCallbackRefactoringProvider : CodeRefactoringProvider
{
    /// <inheritdoc/>
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        if (await HandlerPlace.FindAsync(context.Document, context.Span, context.CancellationToken).ConfigureAwait(false) is not { } place
            || place.Type.FindAttribute(WellKnownTypeNames.LiveUpdateFileHandlerAttribute) is null
            || place.Callbacks.MissingOptional.IsEmpty)
        {
            return;
        }
        context.RegisterRefactoring(CodeAction.Create(
            "Add optional callback",
            place.Callbacks.MissingOptional.Select(definition => CodeAction.Create(
                definition.Name,
                cancellationToken => OptionalCallback.AddAsync(place, definition, cancellationToken),
                definition.Name)).ToImmutableArray(),
            isInlinable: false));
    }
}
