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
using LuoHandlers.Vfs;

namespace Clean.LeaseOwners;

// Leases in fields, lists, results and functions.
public readonly struct PciSlot(uint segment, ushort bdf) : IEquatable<PciSlot>
{
    public readonly uint Segment = segment;
    public readonly ushort Bdf = bdf;
    public readonly ushort InUse = 1;
    public bool Equals(PciSlot other) => Segment == other.Segment && Bdf == other.Bdf;
    public override bool Equals(object? obj) => obj is PciSlot s && Equals(s);
    public override int GetHashCode() => HashCode.Combine(Segment, Bdf);
}

public sealed class PciBus
{
    private readonly KhoVmallocArray<PciSlot> _slots;
    private readonly Lock _lock = new();
    public PciBus(KhoVmallocArray<PciSlot> slots) => _slots = slots;
    public KhoVmallocArray<PciSlot> Slots => _slots;
    public bool TryClaim(PciSlot slot)
    {
        lock (_lock)
        {
            for (ulong i = 0; i < _slots.Count; i++)
            {
                if (_slots[i].InUse == 0) { _slots[i] = slot; return true; }
                if (_slots[i].Equals(slot)) return false;
            }
            return false;
        }
    }
    public void Release(PciSlot slot)
    {
        lock (_lock)
            for (ulong i = 0; i < _slots.Count; i++)
                if (_slots[i].Equals(slot)) _slots[i] = default;
    }
    public bool Has(PciSlot slot) { for (ulong i = 0; i < _slots.Count; i++) if (_slots[i].Equals(slot)) return true; return false; }
}

[PreservedState] public struct PciBusState { public uint Version; public uint Count; public KhoVmalloc<PciSlot> Slots; }

[LiveUpdateFlb("pci-bus-v1")]
public sealed partial class PciBusFlb
{
    public const uint Capacity = 128;
    private static PciBus Preserve(out PciBusState state, IKho kho)
    {
        var slots = KhoVmallocArray<PciSlot>.AllocatePreserved(kho, Capacity);
        state = new PciBusState { Version = 1, Count = Capacity, Slots = slots.Descriptor };
        return new(slots);
    }
    private static void Unpreserve(PciBus bus) => bus.Slots.UnpreserveFree();
    private static PciBus Retrieve(in PciBusState state, IKho kho)
    {
        if (state.Version != 1) throw new ErrnoException(Errno.EOPNOTSUPP);
        return new(KhoVmallocArray<PciSlot>.FindInherited(kho, state.Slots, state.Count));
    }
    private static void Finish(PciBus bus) => bus.Slots.RestoreFree();
}

public sealed class PciFunction(PciSlot slot) : LuoFile { public PciSlot Slot => slot; public bool Busy { get; private set; } public void SetBusy(bool busy) => Busy = busy; }

[PreservedState] public struct PciFunctionState { public uint Segment; public ushort Bdf; public ushort Flags; }

[LiveUpdateFileHandler("pci-function-v1")]
[UsesFlb<PciBusFlb>]
public sealed partial class PciFunctionHandler
{
    bool CanPreserve(PciFunction file) => !file.Busy;
    ulong GetId(PciFunction file) => (ulong)file.Slot.Segment << 16 | file.Slot.Bdf;
    Errno Preserve(PciFunction file, PciBus bus, out PciFunctionState state)
    {
        state = new() { Segment = file.Slot.Segment, Bdf = file.Slot.Bdf };
        return bus.TryClaim(file.Slot) ? Errno.None : Errno.ENOSPC;
    }
    void Unpreserve(PciFunction file, PciBus bus) => bus.Release(file.Slot);
    Errno Freeze(PciFunction file, ref PciFunctionState state)
    {
        if (file.Busy) return Errno.EBUSY;
        file.SetBusy(true);
        state.Flags = 0;
        return Errno.None;
    }
    void Unfreeze(PciFunction file) => file.SetBusy(false);
    Errno Retrieve(in PciFunctionState state, PciBus bus, out PciFunction? file)
    {
        var slot = new PciSlot(state.Segment, state.Bdf);
        file = state.Flags == 0 && bus.Has(slot) ? new PciFunction(slot) : null;
        return file is null ? Errno.ENODEV : Errno.None;
    }
    void Finish(PciFunction? file) => file?.SetBusy(false);
}

public sealed class PciCore : IDisposable
{
    private readonly List<FlbLease<PciBus>> _leases = [];
    public void Attach(Kernel kernel)
    {
        var lease = PciBusFlb.GetIncoming(kernel);
        _leases.Add(lease);
    }
    public static FlbLease<PciBus> Open(Kernel kernel) => PciBusFlb.GetOutgoing(kernel);
    public static bool TryOpen(Kernel kernel, out FlbLease<PciBus>? lease)
    {
        lease = null;
        try { lease = PciBusFlb.GetIncoming(kernel); return true; }
        catch (ErrnoException) { return false; }
    }
    public static ulong Count(Kernel kernel)
    {
        var lease = PciBusFlb.GetIncoming(kernel);
        try { return lease.Object!.Slots.Count; }
        finally { lease.Dispose(); }
    }
    public static T With<T>(Kernel kernel, Func<PciBus, T> body) { using var lease = Open(kernel); return body(lease.Object!); }
    public static bool Any(Kernel kernel) { using FlbLease<PciBus> a = PciBusFlb.GetIncoming(kernel), b = PciBusFlb.GetOutgoing(kernel); return a.Object is not null && b.Object is not null; }
    public void Dispose() => _leases.ForEach(l => l.Dispose());
}
