// H081: the error path frees the record page, but does not cancel its preservation.
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

    Errno Preserve(Device file, out RecordState state, IKho kho)
    {
        state = default;
        Folio page = kho.Pages.Allocate();
        KhoRange record = {|LUO4007:kho.Preserve(page)|};
        if (file.Size == 0)
            return Errno.EINVAL;
        state.Record = record.Address.Value;
        return Errno.None;
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
