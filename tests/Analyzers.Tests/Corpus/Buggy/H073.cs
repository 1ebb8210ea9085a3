// H073: finish goes through what preserve noted in a list of the old kernel.
using System;
using System.Collections.Generic;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

public sealed class Device : LuoFile { public ulong Size { get; set; } public bool IsReady => Size != 0; }

[PreservedState]
public struct RecordState
{
    public ulong Size;
}

[LiveUpdateFileHandler("device-v1")]
public sealed partial class DeviceHandler
{
    bool CanPreserve(Device file) => true;

    void Preserve(Device file, out RecordState state)
    {
        _marked.Add(file.Size);
        state = new RecordState { Size = file.Size };
    }

    void Unpreserve(Device file) { }

    Device Retrieve(in RecordState state) => new Device { Size = state.Size };

    void Finish(Device? file)
    {
        foreach (ulong size in {|LUO4011:_marked|})
            Console.Out.WriteLine(size);
    }

    private readonly List<ulong> _marked = [];
}
