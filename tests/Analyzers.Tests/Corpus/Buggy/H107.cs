// H107: what is handed over has no version.
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
}

[LiveUpdateFileHandler({|LUO1006:"device"|})]
public sealed partial class DeviceHandler
{
    bool CanPreserve(Device file) => true;

    void Preserve(Device file, out RecordState state) => state = new RecordState { Count = file.Count };

    void Unpreserve(Device file) { }

    Device Retrieve(in RecordState state) => new Device { Count = state.Count };

    void Finish(Device? file) { }
}
