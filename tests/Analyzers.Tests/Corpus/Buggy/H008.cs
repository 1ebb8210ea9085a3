// H008: the error of an earlier, successful turn of the loop is returned when a later one fails.
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

    Errno Retrieve(in RecordState state, IKho kho, out Device? file)
    {
        file = null;
        var device = new Device();
        Errno error = Errno.EINVAL;
        for (ulong index = 0; index < 16; index++)
        {
            if (!kho.TryFindInherited(new PhysicalAddress(state.Size + index), out KhoRange range))
                return {|LUO4006:error|};
            error = Add(device, kho, range);
            if (error != Errno.None)
                return error;
        }
        file = device;
        return Errno.None;
    }

    void Finish(Device? file) { }

    private static Errno Add(Device device, IKho kho, KhoRange range)
    {
        device.Size += (ulong)kho.Restore(range).ByteCount;
        return device.Size > 65536 ? Errno.EFBIG : Errno.None;
    }
}
