// H030: a reserved field of the incoming state is not looked at.
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
    public uint {|LUO3012:Reserved|};
}

[LiveUpdateFileHandler("device-v1")]
public sealed partial class DeviceHandler
{
    bool CanPreserve(Device file) => true;

    void Preserve(Device file, out RecordState state) => state = new RecordState { Count = file.Count, Flags = file.Flags };

    void Unpreserve(Device file) { }

    Device Retrieve(in RecordState state) => (state.Flags & ~3u) == 0
        ? new Device { Count = state.Count, Flags = state.Flags }
        : throw new ErrnoException(Errno.EINVAL, "The device has unknown flags.");

    void Finish(Device? file) { }
}
