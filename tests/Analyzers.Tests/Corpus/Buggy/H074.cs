// H074: a sleep where nothing may sleep.
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

    void Finish(Device? file) { }

    void Freeze(Device file, ref RecordState state)
    {
        WaitUntilReady(file);
        state.Size = file.Size;
    }

    private static void WaitUntilReady(Device file)
    {
        while (!file.IsReady)
            {|LUO4012:System.Threading.Thread.Sleep(1)|};
    }
}
