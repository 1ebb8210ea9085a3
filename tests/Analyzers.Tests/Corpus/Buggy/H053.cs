// H053: the file is taken for granted in finish.
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

[LiveUpdateFileHandler("device-v1")]
public sealed partial class DeviceHandler
{
    bool CanPreserve(Device file) => true;

    void Preserve(Device file, out RecordState state) => state = new RecordState { Size = file.Size };

    void Unpreserve(Device file) { }

    Device Retrieve(in RecordState state) => new Device { Size = state.Size };

    void Finish(Device {|LUO2009:file|}) => file.Size = 0;
}
