// H103: a compatible string that LUO would cut.
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

[LiveUpdateFileHandler({|LUO1003:"a-device-with-a-name-that-is-much-longer-than-it-may-be-v1"|})]
public sealed partial class DeviceHandler
{
    bool CanPreserve(Device file) => true;

    void Preserve(Device file, out RecordState state) => state = new RecordState { Size = file.Size };

    void Unpreserve(Device file) { }

    Device Retrieve(in RecordState state) => new Device { Size = state.Size };

    void Finish(Device? file) { }
}
