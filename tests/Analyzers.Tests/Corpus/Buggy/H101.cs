// H101: a memfd whose contents are pinned stays so when preserve fails: its own failure has to be undone.
using System;
using System.Collections.Generic;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

[PreservedState]
public struct RecordState
{
    public ulong Size;
}

[LiveUpdateFileHandler("memory-v1")]
public sealed partial class MemoryHandler
{
    bool CanPreserve(Memfd file) => true;

    void Preserve(Memfd file, out RecordState state)
    {
        {|LUO4007:file.FreezeMapping()|};
        if (file.Seals != MemfdSeals.All)
            throw new ErrnoException(Errno.EPERM, "Only sealed memory can be preserved.");
        state = new RecordState { Size = (ulong)file.Size };
    }

    void Unpreserve(Memfd file) => file.UnfreezeMapping();

    Memfd Retrieve(in RecordState state, IKho kho) => state.Size == 0
        ? new Memfd(kho.Pages)
        : throw new ErrnoException(Errno.EOPNOTSUPP, "Only empty memory can be retrieved.");

    void Finish(Memfd? file) { }
}
