using LuoHandlers.Handlers;
using LuoHandlers.Kho;

namespace LuoHandlers.Benchmarks.Dispatch;

/// <summary>What an author writes.</summary>
[LiveUpdateFileHandler("generated-v1")]
public sealed partial class GeneratedHandler
{
    private bool CanPreserve(PlainFile file) => file.Position != ulong.MaxValue;

    private void Preserve(PlainFile file, out PlainState state) => state = new PlainState { Position = file.Position, Size = 1 };

    private void Unpreserve(PlainFile file, in PlainState state) => file.Position = state.Position;

    private void Freeze(PlainFile file, ref PlainState state)
    {
        state.Position = file.Position;
        state.Size = 1;
    }

    private void Unfreeze(PlainFile file, in PlainState state) => file.Position = state.Position;

    private PlainFile Retrieve(in PlainState state) => new() { Position = state.Position + state.Size - 1 };

    private void Finish(PlainFile? file, in PlainState state, RetrieveStatus status, IKho kho)
    {
    }
}
