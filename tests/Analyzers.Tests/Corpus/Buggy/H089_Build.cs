// H089: a field is there in some builds only, under one string.
using System;
using System.Collections.Generic;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

public sealed class Device : LuoFile { public ulong Count { get; set; } public uint Flags { get; set; } }

[PreservedState]
public struct RecordState
{
    public ulong Count;
#if !ARM
    public ulong {|LUO3013:Registers|};
#endif
}

[LiveUpdateFileHandler("device-v1")]
public sealed partial class DeviceHandler
{
    bool CanPreserve(Device file) => true;

    void Preserve(Device file, out RecordState state) => state = new RecordState { Count = file.Count, Registers = file.Flags };

    void Unpreserve(Device file) { }

    Device Retrieve(in RecordState state) => new Device { Count = state.Count + state.Registers };

    void Finish(Device? file) { }
}
