// H040: the FLB is counted only once it is asked for, and nobody asks before its files are finished.
using System;
using System.Collections.Generic;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

public sealed class Bus { public ulong Count; }

[PreservedState]
public struct BusState { public ulong Count; }

[LiveUpdateFlb("bus-v1")]
internal sealed partial class BusFlb
{
    Bus Preserve(out BusState state) { state = new BusState { Count = 1 }; return new Bus { Count = 1 }; }
    void Unpreserve(Bus bus) { }
    Bus Retrieve(in BusState state) => new Bus { Count = state.Count };
    void Finish(Bus bus) { }
}

public sealed class Device : LuoFile { public ulong Count { get; set; } }

[PreservedState]
public struct RecordState { public ulong Count; }

[LiveUpdateFileHandler("device-v1")]
[{|LUO6007:UsesFlb<BusFlb>|}]
public sealed partial class DeviceHandler
{
    bool CanPreserve(Device file) => true;

    void Preserve(Device file, Bus bus, out RecordState state) => state = new RecordState { Count = file.Count + bus.Count };

    void Unpreserve(Device file) { }

    Device Retrieve(in RecordState state) => new Device { Count = state.Count };

    void Finish(Device? file) { }
}
