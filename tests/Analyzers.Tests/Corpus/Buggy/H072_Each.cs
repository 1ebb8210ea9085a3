// H072: LINQ preserves one after the other, and nobody takes the first ones back.
#nullable enable
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

public sealed class Vring(PageAllocator pages, Folio desc, Folio avail, Folio used) : LuoFile
{
    public Folio[] Rings { get; } = [desc, avail, used];
    protected override void Release() { foreach (Folio ring in Rings) pages.Free(ring); }
}

[PreservedState]
public struct VringState { public PhysicalAddress Desc, Avail, Used; }

[LiveUpdateFileHandler("vring-v1")]
public sealed partial class VringHandler
{
    bool CanPreserve(Vring file) => true;

    void Preserve(Vring file, out VringState state, IKho kho)
    {
        KhoRange[] rings = file.Rings.Select({|LUO4007:kho.Preserve|}).ToArray();
        state = new VringState { Desc = rings[0].Address, Avail = rings[1].Address, Used = rings[2].Address };
    }

    void Unpreserve(Vring file, in VringState state, IKho kho)
    {
        foreach (PhysicalAddress address in (ReadOnlySpan<PhysicalAddress>)[state.Desc, state.Avail, state.Used])
            kho.Unpreserve(kho.FindPreserved(address));
    }

    Vring Retrieve(in VringState state, IKho kho)
    {
        if (!kho.TryFindInherited(state.Desc, out var desc) | !kho.TryFindInherited(state.Avail, out var avail) | !kho.TryFindInherited(state.Used, out var used)
            || desc == avail || avail == used || desc == used)
        {
            Free(state, kho);
            throw new ErrnoException(Errno.EINVAL, "The rings were not handed over.");
        }
        return new Vring(kho.Pages, kho.Restore(desc), kho.Restore(avail), kho.Restore(used));
    }

    void Finish(Vring? file, in VringState state, RetrieveStatus status, IKho kho)
    {
        if (status.IsNotTried)
            Free(state, kho);
    }

    private static void Free(in VringState state, IKho kho)
    {
        foreach (PhysicalAddress address in (ReadOnlySpan<PhysicalAddress>)[state.Desc, state.Avail, state.Used])
        {
            if (kho.TryFindInherited(address, out KhoRange range))
                kho.RestoreFree(range);
        }
    }
}
