// H089: one field has another meaning on another architecture, under one string.
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
    public ulong Kind;
}

[LiveUpdateFileHandler("device-v1")]
public sealed partial class DeviceHandler
{
    bool CanPreserve(Device file) => true;

    void Preserve(Device file, out RecordState state)
    {
        state = default;
        if (System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64)
            {|LUO3013:state.Kind|} = file.Count << 8;
        else
            {|LUO3013:state.Kind|} = file.Flags;
    }

    void Unpreserve(Device file) { }

    Device Retrieve(in RecordState state) => new Device { Count = state.Kind };

    void Finish(Device? file) { }
}
