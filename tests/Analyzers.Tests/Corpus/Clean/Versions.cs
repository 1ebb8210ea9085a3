using LuoHandlers;
using LuoHandlers.Vfs;

namespace Clean.Versions;

/// <summary>Two versions side by side: the older one is still retrieved.</summary>
public sealed class Journal : LuoFile
{
    public ulong Head;
    public ulong Tail;
    public bool IsOld;
}

[PreservedState]
public struct JournalStateV1
{
    public ulong Head;
}

[PreservedState]
public struct JournalStateV2
{
    public ulong Head;
    public ulong Tail;
}

[LiveUpdateFileHandler("journal-v1")]
public sealed partial class JournalHandlerV1
{
    bool CanPreserve(Journal file) => file.IsOld;
    void Preserve(Journal file, out JournalStateV1 state) => state = new() { Head = file.Head };
    void Freeze(Journal file, ref JournalStateV1 state) => state.Head = file.Head;
    void Unpreserve(Journal file) { }
    Journal Retrieve(in JournalStateV1 state) => new() { Head = state.Head, IsOld = true };
    void Finish(Journal? file) { }
}

[LiveUpdateFileHandler("journal-v2")]
public sealed partial class JournalHandlerV2
{
    bool CanPreserve(Journal file) => !file.IsOld;
    void Preserve(Journal file, out JournalStateV2 state) => state = new() { Head = file.Head, Tail = file.Tail };

    void Freeze(Journal file, ref JournalStateV2 state)
    {
        state.Head = file.Head;
        state.Tail = file.Tail;
    }

    void Unpreserve(Journal file) { }

    Journal Retrieve(in JournalStateV2 state)
    {
        if (state.Tail > state.Head)
            throw new ErrnoException(Errno.EINVAL, $"The handed-over journal ends at {state.Head}, before it begins at {state.Tail}.");
        return new Journal { Head = state.Head, Tail = state.Tail };
    }

    void Finish(Journal? file) { }
}
