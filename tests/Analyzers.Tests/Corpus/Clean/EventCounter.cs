using LuoHandlers;
using LuoHandlers.Vfs;

namespace Clean.EventCounter;

/// <summary>A counter that may change until the reboot: Freeze takes its last value.</summary>
public sealed class EventFile : LuoFile
{
    public ulong Count { get; set; }

    public uint Flags { get; init; }
}

[PreservedState]
public struct EventState
{
    public ulong Count;
    public uint Flags;
    public uint Reserved;
}

[LiveUpdateFileHandler("event-v1")]
public sealed partial class EventHandler
{
    private const uint KnownFlags = 3;

    bool CanPreserve(EventFile file) => (file.Flags & ~KnownFlags) == 0;

    void Preserve(EventFile file, out EventState state) => state = new EventState { Count = file.Count, Flags = file.Flags };

    void Unpreserve(EventFile file)
    {
    }

    void Freeze(EventFile file, ref EventState state) => state.Count = file.Count;

    EventFile Retrieve(in EventState state)
    {
        if ((state.Flags & ~KnownFlags) != 0 || state.Reserved != 0)
            throw new ErrnoException(Errno.EINVAL, $"The handed-over event has unknown flags: 0x{state.Flags:x}.");
        return new EventFile { Count = state.Count, Flags = state.Flags };
    }

    void Finish(EventFile? file)
    {
    }
}
