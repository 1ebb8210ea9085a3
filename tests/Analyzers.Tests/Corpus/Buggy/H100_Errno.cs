// H100: an errno that is negated twice.
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

    Errno Preserve(Device file, out RecordState state)
    {
        state = default;
        if (file.Size == 0)
            return {|LUO4005:(Errno)(-(int)Errno.EINVAL)|};
        state.Size = file.Size;
        return Errno.None;
    }

    void Unpreserve(Device file) { }

    Device Retrieve(in RecordState state) => new Device { Size = state.Size };

    void Finish(Device? file) { }
}
