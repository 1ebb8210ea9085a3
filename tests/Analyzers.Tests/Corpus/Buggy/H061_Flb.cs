// H061: an FLB's array is not given up when an entry of it is refused.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using LuoHandlers;
using LuoHandlers.Emulation;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator;
using LuoHandlers.Uapi;
using LuoHandlers.Vfs;

public sealed class BusTable(ulong count)
{
    public ulong Count { get; set; } = count;
    public List<ulong> Entries { get; } = [];
}
public sealed class BusFile : LuoFile { public ulong Device { get; set; } }
[LiveUpdateFileHandler("bus-file-v1")]
[UsesFlb<BusFlb>]
public sealed partial class BusFileHandler
{
    bool CanPreserve(BusFile file) => true;
    void Preserve(BusFile file, out ulong serializedData) => serializedData = file.Device;
    void Unpreserve(BusFile file) { }
    BusFile Retrieve(ulong serializedData, BusTable table) => new() { Device = serializedData };
    void Finish(BusFile? file) { }
}

[PreservedState]
public struct BusState
{
    public KhoVmalloc<ulong> Table;
    public ulong Count;
}

[LiveUpdateFlb("buggy-v1")]
public sealed partial class BusFlb
{
    BusTable Preserve(out BusState state, IKho kho)
    {
        var array = KhoVmallocArray<ulong>.AllocatePreserved(kho, 512);
        state = new BusState { Table = array.Descriptor, Count = array.Count };
        return new BusTable(512);
    }

    void Unpreserve(in BusState state, IKho kho) => KhoVmallocArray<ulong>.FindPreserved(kho, state.Table, state.Count).UnpreserveFree();

    BusTable Retrieve(in BusState state, IKho kho)
    {
        var array = {|LUO4007:KhoVmallocArray<ulong>.FindInherited(kho, state.Table, state.Count)|};
        var table = new BusTable(state.Count);
        foreach (ulong device in array.ToArray())
        {
            if (device >> 48 != 0)
                throw new ErrnoException(Errno.EINVAL, "A device is out of range.");
            table.Entries.Add(device);
        }
        array.RestoreFree();
        return table;
    }

    void Finish(BusTable table) => table.Entries.Clear();
}
