// H050: fields are combined by a shift in a type that is too narrow.
using System;
using System.Collections.Generic;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

public sealed class Device : LuoFile { public uint Segment { get; init; } public ushort Function { get; init; } }

[PreservedState]
public struct RecordState
{
    public ulong Key;
}

[LiveUpdateFileHandler("device-v1")]
public sealed partial class DeviceHandler
{
    bool CanPreserve(Device file) => true;

    void Preserve(Device file, out RecordState state) => state = new RecordState { Key = {|LUO4009:file.Segment << 16|} | file.Function };

    void Unpreserve(Device file) { }

    Device Retrieve(in RecordState state) => new Device { Segment = (uint)(state.Key >> 16), Function = (ushort)state.Key };

    void Finish(Device? file) { }
}
