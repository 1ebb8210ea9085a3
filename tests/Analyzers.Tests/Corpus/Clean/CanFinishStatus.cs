using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Vfs;

namespace Clean.CanFinishStatus;

/// <summary>Refuses to be finished while its retrieved file is in use.</summary>
public sealed class Queue : LuoFile
{
    public uint Depth { get; init; }
    public uint Pending { get; set; }
}

[PreservedState]
public struct QueueState
{
    public uint Depth;
    public uint Pending;
}

[LiveUpdateFileHandler("queue-v1")]
public sealed partial class QueueHandler
{
    bool CanPreserve(Queue file) => file.Depth <= 1024;
    void Preserve(Queue file, out QueueState state) => state = new() { Depth = file.Depth, Pending = file.Pending };
    void Unpreserve(Queue file) { }
    void Freeze(Queue file, ref QueueState state) => state.Pending = file.Pending;

    Queue Retrieve(in QueueState state)
    {
        if (state.Depth > 1024 || state.Pending > state.Depth)
            throw new ErrnoException(Errno.ERANGE, $"The handed-over queue has {state.Pending} of {state.Depth} entries.");
        return new Queue { Depth = state.Depth, Pending = state.Pending };
    }

    bool CanFinish(Queue? file, RetrieveStatus status) => !status.IsRetrieved || file is not { Pending: > 0 };
    void Finish(Queue? file, RetrieveStatus status) { }
}
