// H001: whether the contents are dirty is copied at preserve and never again.
using System;
using System.Collections.Generic;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

public sealed class Device : LuoFile { public ulong Position { get; set; } public ulong Dirty { get; set; } }

[PreservedState]
public struct RecordState
{
    public ulong Position;
    public ulong Dirty;
}

[LiveUpdateFileHandler("device-v1")]
public sealed partial class DeviceHandler
{
    bool CanPreserve(Device file) => true;

    void Preserve(Device file, out RecordState state)
    {
        state = default;
        state.Position = file.Position;
        {|LUO4010:state.Dirty = file.Dirty|};
    }

    void Unpreserve(Device file) { }

    Device Retrieve(in RecordState state) => new Device { Position = state.Position, Dirty = state.Dirty };

    void Finish(Device? file) { }

    void Freeze(Device file, ref RecordState state) => state.Position = file.Position;
}
