// H007: a page count is narrowed to 32 bits: a huge file preserves only a prefix.
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
    public uint Count;
}

[LiveUpdateFileHandler("device-v1")]
public sealed partial class DeviceHandler
{
    bool CanPreserve(Device file) => true;

    void Preserve(Device file, out RecordState state) => state = new RecordState { Count = {|LUO4009:(uint)file.Size|} };

    void Unpreserve(Device file) { }

    Device Retrieve(in RecordState state) => new Device { Size = state.Count };

    void Finish(Device? file) { }
}
