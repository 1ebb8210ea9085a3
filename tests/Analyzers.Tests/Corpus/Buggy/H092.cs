// H092: a flags word goes straight into the creation of the object.
using System;
using System.Collections.Generic;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

public sealed class Device : LuoFile { public DeviceFlags Flags { get; set; } public static Device Create(DeviceFlags flags) => new() { Flags = flags }; }

[PreservedState]
public struct RecordState
{
    public int Flags;
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

    void Preserve(Device file, out RecordState state) => state = new RecordState { Flags = (int)file.Flags };

    void Unpreserve(Device file) { }

    Device Retrieve(in RecordState state)
    {
        int flags = state.Flags;
        return Device.Create((DeviceFlags){|LUO4008:flags|});
    }

    void Finish(Device? file) { }
}
