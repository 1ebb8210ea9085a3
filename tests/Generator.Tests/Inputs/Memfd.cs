using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Vfs;

namespace Sample;

[LiveUpdateFileHandler("memfd-v2")]
public sealed partial class MemfdHandler
{
    bool CanPreserve(Memfd file) => true;

    void Preserve(Memfd file, out MemfdState state, IKho kho)
    {
        state = new MemfdState { Position = file.Position, Size = file.Size, Seals = file.Seals };
        if (file.Size > uint.MaxValue)
            throw new ErrnoException(Errno.EFBIG);
    }

    void Unpreserve(Memfd file, in MemfdState state, IKho kho) => file.Position = state.Position;

    void Freeze(Memfd file, ref MemfdState state) => state.Position = file.Position;

    Memfd Retrieve(in MemfdState state, IKho kho) => new() { Position = state.Position, Size = state.Size, Seals = state.Seals };

    void Finish(Memfd? file, in MemfdState state, RetrieveStatus status, IKho kho)
    {
        if (file is not null && !status.IsRetrieved)
            throw new ErrnoException(Errno.EIO);
    }
}

[PreservedState]
public struct MemfdState
{
    public ulong Position, Size;
    public MemfdSeals Seals;
    public uint Flags;
    public ulong FolioCount;
    public KhoVmalloc<MemfdFolio> Folios;
}

public struct MemfdFolio
{
    public ulong Pfn;
    public ulong Index;
}

[System.Flags]
public enum MemfdSeals : uint
{
    None = 0,
    Seal = 1,
}

public sealed class Memfd : LuoFile
{
    public ulong Position { get; set; }

    public ulong Size { get; set; }

    public MemfdSeals Seals { get; set; }
}
