// H061: the incoming record is not freed when retrieve fails half-way.
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

    Device Retrieve(in RecordState state, IKho kho)
    {
        KhoRange record = {|LUO4007:kho.FindInherited(new PhysicalAddress(state.Record))|};
        CheckVersion(kho.GetSpan(record)[0]);
        kho.RestoreFree(record);
        return new Device();
    }

    void Finish(in RecordState state, RetrieveStatus status, IKho kho)
    {
        if (status.IsNotTried)
            kho.RestoreFree(kho.FindInherited(new PhysicalAddress(state.Record)));
    }

    private static void CheckVersion(byte version)
    {
        if (version != 1)
            throw new ErrnoException(Errno.EINVAL, $"The record has version {version}.");
    }
}
