// H088: two shapes under one compatible string: what preserve writes is not what retrieve reads.
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
    public ulong Size;
}

[PreservedState]
public struct OtherState
{
    public uint Type;
}

[LiveUpdateFileHandler("device-v1")]
public sealed partial class DeviceHandler
{
    bool CanPreserve(Device file) => true;

    void Preserve(Device file, out RecordState state) => state = new RecordState { Size = file.Size };

    void Unpreserve(Device file) { }

    Device Retrieve(in OtherState {|LUO2005:state|}) => new Device { Size = state.Type };

    void Finish(Device? file) { }
}
