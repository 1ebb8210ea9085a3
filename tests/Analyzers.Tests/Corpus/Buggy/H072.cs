// H072: preserving n objects, a failure at the k-th leaves those before preserved.
using System;
using System.Collections.Generic;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

public sealed class Device : LuoFile { public List<Folio> Folios { get; } = []; }

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
        ulong last = 0;
        foreach (Folio folio in file.Folios)
            last = {|LUO4007:kho.Preserve(folio)|}.Address.Value;
        state = new RecordState { Record = last };
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
