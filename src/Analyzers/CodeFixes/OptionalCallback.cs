using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.CodeFixes;

/// <summary>Adds a callback to a handler that can do without it.</summary>
internal static class OptionalCallback
{
    public static async Task<Document> AddAsync(HandlerPlace place, CallbackDefinition definition, CancellationToken cancellationToken)
    {
        string endOfLine = NewCode.FindEndOfLine(await place.Document.GetTextAsync(cancellationToken).ConfigureAwait(false));
        var writer = new CallbackWriter(place.Document, place.Model, endOfLine);
        SyntaxNode root = place.Root.ReplaceNode(
            place.Declaration, writer.AddCallbacks(place.Declaration, place.Declaration, place.Callbacks, [definition]));
        return await NewCode.FinishAsync(place.Document.WithSyntaxRoot(root), endOfLine, cancellationToken).ConfigureAwait(false);
    }
}
