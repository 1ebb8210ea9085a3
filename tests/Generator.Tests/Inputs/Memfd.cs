using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Vfs;

namespace Sample;

[LiveUpdateFileHandler("memfd-v2")]
public sealed partial class MemfdHandler
{
    bool CanPreserve(Memfd file) => file.Size >= 0;

    void Preserve(Memfd file, out MemfdState state, IKho kho)
    {
        if (file.Size > uint.MaxValue)
            throw new ErrnoException(Errno.EFBIG);
        state = new MemfdState { Position = (ulong)file.Position, Size = (ulong)file.Size, Seals = file.Seals };
    }

    void Unpreserve(Memfd file, in MemfdState state, IKho kho) => file.Position = (long)state.Position;

    void Freeze(Memfd file, ref MemfdState state) => state.Position = (ulong)file.Position;

    Memfd Retrieve(in MemfdState state, IKho kho)
    {
        var file = new Memfd(kho.Pages) { Position = (long)state.Position };
        file.SetSize((long)state.Size);
        file.AddSeals(state.Seals);
        return file;
    }

    void Finish(Memfd? file, in MemfdState state, RetrieveStatus status, IKho kho)
    {
        if (file is null && status.IsRetrieved)
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
