// H016: flags that this version does not know are taken over.
using System;
using System.Collections.Generic;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

public sealed class Device : LuoFile { public DeviceFlags Flags { get; init; } }

[PreservedState]
public struct RecordState
{
    public uint Flags;
}

[Flags]
public enum DeviceFlags : uint
{
    None = 0,
    Blocking = 1,
}

[LiveUpdateFileHandler("device-v1")]
public sealed partial class DeviceHandler
{
    bool CanPreserve(Device file) => true;

    void Preserve(Device file, out RecordState state) => state = new RecordState { Flags = (uint)file.Flags };

    void Unpreserve(Device file) { }

    Device Retrieve(in RecordState state) => new Device { Flags = (DeviceFlags){|LUO4008:state.Flags|} };

    void Finish(Device? file) { }
}
