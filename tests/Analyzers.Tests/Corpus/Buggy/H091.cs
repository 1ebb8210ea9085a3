// H091: the counter is renewed in freeze, the flags are not, though they can change.
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
    public uint Flags;
    public uint Padding;
}

[LiveUpdateFileHandler("device-v1")]
public sealed partial class DeviceHandler
{
    bool CanPreserve(Device file) => true;

    void Preserve(Device file, out RecordState state) => state = new RecordState
    {
        Count = file.Count,
        {|LUO4010:Flags = file.Flags|},
    };

    void Unpreserve(Device file) { }

    Device Retrieve(in RecordState state) => state.Flags <= 3
        ? new Device { Count = state.Count, Flags = state.Flags }
        : throw new ErrnoException(Errno.EINVAL, "There are flags that nobody knows.");

    void Finish(Device? file) { }

    void Freeze(Device file, ref RecordState state) => state.Count = file.Count;
}
