// H080: finish is left empty while preserve hands memory over.
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
        kho.RestoreFree(kho.FindInherited(new PhysicalAddress(state.Record)));
        return new Device();
    }

    void {|LUO4001:Finish|}(Device? file) { }
}
