// H005: the handler of a failure frees what is left, but does not put the file that has got folios already.
#nullable enable
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

public sealed class Quota(long limit)
{
    private long _charged;

    public void Charge(long pages)
    {
        if (_charged + pages > limit)
            throw new ErrnoException(Errno.ENOSPC, "Over quota.");
        _charged += pages;
    }
}

public sealed class TmpFile(PageAllocator pages, Quota quota) : LuoFile
{
    private readonly List<Folio> _mapping = [];

    public IReadOnlyList<Folio> Mapping => _mapping;
    public Quota Quota => quota;
    public void Insert(Folio folio) => _mapping.Add(folio);
    protected override void Release() => _mapping.ForEach(pages.Free);
}

[PreservedState]
public struct TmpFileState
{
    public ulong Count;
    public KhoVmalloc<PhysicalAddress> Pages;
}

[LiveUpdateFileHandler("tmpfile-v1")]
public sealed partial class TmpFileHandler(Quota quota)
{
    bool CanPreserve(TmpFile file) => file.Quota == quota;

    void Preserve(TmpFile file, out TmpFileState state, IKho kho)
    {
        using var scope = new PreservationScope(kho);
        var list = KhoVmallocArray<PhysicalAddress>.AllocatePreserved(kho, (ulong)file.Mapping.Count);
        scope.OnRollback(list.UnpreserveFree);
        for (int i = 0; i < file.Mapping.Count; i++)
            list[(ulong)i] = scope.Preserve(file.Mapping[i]).Address;
        scope.Commit();
        state = new TmpFileState { Count = list.Count, Pages = list.Descriptor };
    }

    void Unpreserve(TmpFile file, in TmpFileState state, IKho kho)
    {
        var list = KhoVmallocArray<PhysicalAddress>.FindPreserved(kho, state.Pages, state.Count);
        for (ulong i = 0; i < list.Count; i++)
            kho.Unpreserve(kho.FindPreserved(list[i]));
        list.UnpreserveFree();
    }

    TmpFile Retrieve(in TmpFileState state, IKho kho)
    {
        PhysicalAddress[] addresses = Take(state, kho);
        var file = new TmpFile(kho.Pages, quota);
        int i = 0;
        try
        {
            for (; i < addresses.Length; i++)
            {
                Folio folio = kho.Restore(kho.FindInherited(addresses[i]));
                file.Insert(folio);
                quota.Charge(folio.PageCount);
            }
        }
        catch
        {
            for (; i < addresses.Length; i++)
            {
                if (kho.TryFindInherited(addresses[i], out KhoRange range))
                    kho.RestoreFree(range);
            }
            {|LUO4007:throw;|}
        }
        return file;
    }

    void Finish(TmpFile? file, in TmpFileState state, RetrieveStatus status, IKho kho)
    {
        if (!status.IsNotTried)
            return;
        foreach (PhysicalAddress address in Take(state, kho))
        {
            if (kho.TryFindInherited(address, out KhoRange range))
                kho.RestoreFree(range);
        }
    }

    private static PhysicalAddress[] Take(in TmpFileState state, IKho kho)
    {
        var array = KhoVmallocArray<PhysicalAddress>.FindInherited(kho, state.Pages, state.Count);
        PhysicalAddress[] all = array.ToArray();
        array.RestoreFree();
        return all;
    }
}
