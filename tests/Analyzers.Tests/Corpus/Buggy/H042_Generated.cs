// H042: leases of the methods that are generated for an FLB.
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
    public PhysicalAddress Table;
    public ulong Count;
}
[LiveUpdateFlb("buggy-v1")]
public sealed partial class BusFlb
{
    BusTable Preserve(out BusState state, IKho kho)
    {
        state = new BusState { Table = kho.AllocatePreserved(4096).Address, Count = 512 };
        return new BusTable(512);
    }
    void Unpreserve(BusTable table, in BusState state, IKho kho) => kho.UnpreserveFree(kho.FindPreserved(state.Table));
    BusTable Retrieve(in BusState state, IKho kho)
    {
        if (!kho.TryFindInherited(state.Table, out _))
            throw new ErrnoException(Errno.EINVAL, "No table.");
        return new BusTable(state.Count);
    }
    void Finish(BusTable table, in BusState state, IKho kho) => kho.RestoreFree(kho.FindInherited(state.Table));
}

public static class Driver
{
    public static ulong Count(Kernel kernel)
    {
        FlbLease<BusTable> lease = {|LUO4014:BusFlb.GetOutgoing(kernel)|};
        return lease.Object!.Count;
    }
    public static ulong Direct(Kernel kernel) => {|LUO4014:BusFlb.GetIncoming(kernel)|}.Object!.Count;
    public static ulong Early(Kernel kernel)
    {
        FlbLease<BusTable> lease = {|LUO4014:BusFlb.GetIncoming(kernel)|};
        if (lease.Object!.Count == 0)
            return 0;
        ulong count = lease.Object.Count;
        lease.Dispose();
        return count;
    }
    public static void Loop(Kernel kernel)
    {
        for (int i = 0; i < 3; i++)
        {
            var lease = {|LUO4014:kernel.GetIncomingFlb(kernel.GetFlb<BusFlb>())|};
            lease.Object!.Count++;
        }
    }
}
