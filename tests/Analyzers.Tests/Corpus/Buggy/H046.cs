// H046: the record is not released when the device is not found.
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

    void Preserve(Device file, out RecordState state, IKho kho) =>
        state = new RecordState { Record = kho.AllocatePreserved(4096).Address.Value };

    void Unpreserve(in RecordState state, IKho kho) => kho.UnpreserveFree(kho.FindPreserved(new PhysicalAddress(state.Record)));

    Errno Retrieve(in RecordState state, IKho kho, out Device? file)
    {
        file = null;
        KhoRange record = {|LUO4007:kho.FindInherited(new PhysicalAddress(state.Record))|};
        if (kho.GetSpan(record)[0] == 0)
            return Errno.ENODEV;
        kho.RestoreFree(record);
        file = new Device();
        return Errno.None;
    }

    void Finish(in RecordState state, RetrieveStatus status, IKho kho)
    {
        if (status.IsNotTried)
            kho.RestoreFree(kho.FindInherited(new PhysicalAddress(state.Record)));
    }
}
