using LuoHandlers;
using LuoHandlers.Generator.Tests.Scripting;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;

namespace Quietness;

[PreservedState]
public struct QuietState
{
    public ulong Position;
    public ulong Size;
}

/// <summary>Allocates nothing, so that what is allocated is the generated code's.</summary>
[LiveUpdateFileHandler("quiet-v1")]
public sealed partial class QuietHandler
{
    private readonly Document _file = new("kept");

    private bool CanPreserve(Document file) => file.Size > 0;

    private void Preserve(Document file, out QuietState state, out Document2 data, IKho kho) =>
        (state, data) = (new QuietState { Position = file.Position, Size = file.Size }, Document2.Instance);

    private void Unpreserve(Document file, in QuietState state, Document2 data) => file.Position = state.Position;

    private void Freeze(Document file, ref QuietState state, Document2 data) => state.Position = file.Position;

    private void Unfreeze(Document file, in QuietState state, Document2 data) => file.Position = state.Position;

    private Document Retrieve(in QuietState state)
    {
        _file.Position = state.Position;
        return _file;
    }

    private bool CanFinish(Document? file, in QuietState state, RetrieveStatus status) => status.IsNotTried || file is not null;

    private void Finish(Document? file, in QuietState state, RetrieveStatus status)
    {
        if (file is not null)
            file.Position = state.Position;
    }

    private ulong GetId(Document file) => file.Size;

    private sealed class Document2
    {
        public static Document2 Instance { get; } = new();
    }
}
