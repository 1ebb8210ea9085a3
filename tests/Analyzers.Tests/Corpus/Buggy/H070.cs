// H070: an object for run time, with a lock in it, is part of what is handed over.
using System;
using System.Collections.Generic;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

public sealed class Device : LuoFile { public ulong Count { get; set; } public uint Flags { get; set; } }

public struct Counter
{
    public System.Threading.SpinLock Lock;
    public uint Count;
}

[PreservedState]
public struct RecordState
{
    public ulong Count;
    public Counter {|LUO3002:Users|};
}

[LiveUpdateFileHandler("device-v1")]
public sealed partial class DeviceHandler
{
    bool CanPreserve(Device file) => true;

    void Preserve(Device file, out RecordState state) => state = new RecordState { Count = file.Count, Users = new Counter { Count = 1 } };

    void Unpreserve(Device file) { }

    Device Retrieve(in RecordState state) => new Device { Count = state.Count + state.Users.Count };

    void Finish(Device? file) { }
}
