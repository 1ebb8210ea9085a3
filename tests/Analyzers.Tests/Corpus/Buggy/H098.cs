// H098: a count that the next kernel relies on is never written.
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
    public ulong First;
    public ulong {|LUO3010:Count|};
}

[LiveUpdateFileHandler("device-v1")]
public sealed partial class DeviceHandler
{
    bool CanPreserve(Device file) => true;

    void Preserve(Device file, out RecordState state) => state = new RecordState { First = file.Count };

    void Unpreserve(Device file) { }

    Device Retrieve(in RecordState state) => new Device { Count = state.First, Flags = checked((uint)state.Count) };

    void Finish(Device? file) { }
}
