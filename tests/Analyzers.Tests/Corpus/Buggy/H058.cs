// H058: a 64-bit token is stored in 32 bits.
using System;
using System.Collections.Generic;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

public sealed class Device : LuoFile { public ulong MemoryToken { get; init; } }

[PreservedState]
public struct RecordState
{
    public uint Token;
}

[LiveUpdateFileHandler("device-v1")]
public sealed partial class DeviceHandler
{
    bool CanPreserve(Device file) => true;

    void Preserve(Device file, out RecordState state)
    {
        ulong token = file.MemoryToken;
        state = new RecordState { Token = {|LUO4009:(uint)token|} };
    }

    void Unpreserve(Device file) { }

    Device Retrieve(in RecordState state) => new Device { MemoryToken = state.Token };

    void Finish(Device? file) { }
}
