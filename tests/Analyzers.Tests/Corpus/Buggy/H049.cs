// H049: a PCI segment is stored in 16 bits, and real ones need 32.
using System;
using System.Collections.Generic;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

public sealed class Device : LuoFile { public int Segment { get; init; } }

[PreservedState]
public struct RecordState
{
    public ushort Segment;
    public ushort Padding;
}

[LiveUpdateFileHandler("device-v1")]
public sealed partial class DeviceHandler
{
    bool CanPreserve(Device file) => true;

    void Preserve(Device file, out RecordState state)
    {
        state = default;
        state.Segment = {|LUO4009:(ushort)file.Segment|};
    }

    void Unpreserve(Device file) { }

    Device Retrieve(in RecordState state) => new Device { Segment = state.Segment };

    void Finish(Device? file) { }
}
