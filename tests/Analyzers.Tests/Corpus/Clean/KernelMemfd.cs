using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Vfs;

namespace Clean.KernelMemfd;

/// <summary>Preserves a file type of the runtime: an empty memfd, by its position and seals.</summary>
[PreservedState]
public struct EmptyMemfdState
{
    public ulong Position;
    public MemfdSeals Seals;
    public uint Reserved;
}

[LiveUpdateFileHandler("empty-memfd-v1")]
public sealed partial class EmptyMemfdHandler
{
    bool CanPreserve(Memfd file) => file.Size == 0;

    ulong GetId(Memfd file) => file.InodeNumber;

    void Preserve(Memfd file, out EmptyMemfdState state) => state = new() { Position = (ulong)file.Position, Seals = file.Seals };

    void Freeze(Memfd file, ref EmptyMemfdState state)
    {
        state.Position = (ulong)file.Position;
        state.Seals = file.Seals;
    }

    void Unpreserve(Memfd file) { }

    Memfd Retrieve(in EmptyMemfdState state, IKho kho)
    {
        if ((state.Seals & ~MemfdSeals.All) != 0 || state.Position > long.MaxValue || state.Reserved != 0)
            throw new ErrnoException(Errno.EINVAL, $"The handed-over memfd has seals {state.Seals} and is at {state.Position}.");
        var file = new Memfd(kho.Pages) { Position = (long)state.Position };
        file.AddSeals(state.Seals);
        return file;
    }

    void Finish(Memfd? file, RetrieveStatus status) { }
}
