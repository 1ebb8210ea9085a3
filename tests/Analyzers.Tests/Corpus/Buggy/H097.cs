// H097: every callback succeeds, and nothing is stored.
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
    public ulong {|LUO3010:Count|};
    public ulong {|LUO3010:Flags|};
}

[LiveUpdateFileHandler("device-v1")]
public sealed partial class DeviceHandler
{
    bool CanPreserve(Device file) => true;

    void Preserve(Device file, out RecordState state) => state = default;

    void Unpreserve(Device file) { }

    Device Retrieve(in RecordState state) => new Device { Count = state.Count + state.Flags };

    void Finish(Device? file) { }
}
