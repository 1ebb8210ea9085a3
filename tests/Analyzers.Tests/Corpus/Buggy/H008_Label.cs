// H008: the success of an earlier turn of the loop is returned behind a label.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using LuoHandlers;
using LuoHandlers.Emulation;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator;
using LuoHandlers.Uapi;
using LuoHandlers.Vfs;

public sealed class Bundle(PageAllocator pages, List<Folio> parts) : LuoFile
{
    public IReadOnlyList<Folio> Parts => parts;
    protected override void Release() => parts.ForEach(pages.Free);
}

[PreservedState]
public struct BundleState
{
    public ulong Count;
    public KhoVmalloc<PhysicalAddress> Parts;
}

[LiveUpdateFileHandler("bundle-v1")]
public sealed partial class BundleHandler
{
    bool CanPreserve(Bundle file) => true;

    void Preserve(Bundle file, out BundleState state, IKho kho)
    {
        using var scope = new PreservationScope(kho);
        var parts = KhoVmallocArray<PhysicalAddress>.AllocatePreserved(kho, (ulong)file.Parts.Count);
        scope.OnRollback(parts.UnpreserveFree);
        for (int i = 0; i < file.Parts.Count; i++)
            parts[(ulong)i] = scope.Preserve(file.Parts[i]).Address;
        scope.Commit();
        state = new BundleState { Count = parts.Count, Parts = parts.Descriptor };
    }

    void Unpreserve(Bundle file, in BundleState state, IKho kho)
    {
        var parts = KhoVmallocArray<PhysicalAddress>.FindPreserved(kho, state.Parts, state.Count);
        for (ulong i = 0; i < parts.Count; i++)
            kho.Unpreserve(kho.FindPreserved(parts[i]));
        parts.UnpreserveFree();
    }

    Errno Retrieve(in BundleState state, IKho kho, out Bundle? file)
    {
        file = null;
        Errno error = Errno.EINVAL;
        var list = KhoVmallocArray<PhysicalAddress>.FindInherited(kho, state.Parts, state.Count);
        PhysicalAddress[] addresses = list.ToArray();
        list.RestoreFree();
        var parts = new List<Folio>();
        var bundle = new Bundle(kho.Pages, parts);
        int i;
        for (i = 0; i < addresses.Length; i++)
        {
            if (!kho.TryFindInherited(addresses[i], out KhoRange range))
                goto fail;
            error = Add(parts, range, kho);
            if (error != Errno.None)
                goto fail;
        }
        file = bundle;
        return Errno.None;

    fail:
        bundle.Put();
        for (; i < addresses.Length; i++)
        {
            if (kho.TryFindInherited(addresses[i], out KhoRange range))
                kho.RestoreFree(range);
        }
        return {|LUO4006:error|};
    }

    private static Errno Add(List<Folio> parts, KhoRange range, IKho kho)
    {
        if (range.ByteCount != Page.Size)
            return Errno.EINVAL;
        parts.Add(kho.Restore(range));
        return Errno.None;
    }

    void Finish(Bundle? file, in BundleState state, RetrieveStatus status, IKho kho)
    {
        if (!status.IsNotTried)
            return;
        var list = KhoVmallocArray<PhysicalAddress>.FindInherited(kho, state.Parts, state.Count);
        PhysicalAddress[] addresses = list.ToArray();
        list.RestoreFree();
        foreach (PhysicalAddress address in addresses)
        {
            if (kho.TryFindInherited(address, out KhoRange range))
                kho.RestoreFree(range);
        }
    }
}
