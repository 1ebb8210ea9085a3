// H009: the record is not released when a later step fails.
using System;
using System.Collections.Generic;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

public sealed class Device : LuoFile { public ulong Size { get; set; } public bool IsReady => Size != 0; }

[PreservedState]
public struct RecordState
{
    public ulong Record;
}

[LiveUpdateFileHandler("device-v1")]
public sealed partial class DeviceHandler
{
    bool CanPreserve(Device file) => true;

    void Preserve(Device file, out RecordState state, IKho kho)
    {
        KhoRange record = {|LUO4007:kho.AllocatePreserved(4096)|};
        if (!file.IsReady)
            throw new ErrnoException(Errno.EAGAIN);
        state = new RecordState { Record = record.Address.Value };
    }

    void Unpreserve(in RecordState state, IKho kho) => kho.UnpreserveFree(kho.FindPreserved(new PhysicalAddress(state.Record)));

    Device Retrieve(in RecordState state, IKho kho)
    {
        kho.RestoreFree(kho.FindInherited(new PhysicalAddress(state.Record)));
        return new Device();
    }

    void Finish(in RecordState state, RetrieveStatus status, IKho kho)
    {
        if (status.IsNotTried)
            kho.RestoreFree(kho.FindInherited(new PhysicalAddress(state.Record)));
    }
}
