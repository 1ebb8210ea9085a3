// H011: unknown seals are refused before anything is freed, and the pages stay reserved.
#nullable enable
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

[Flags]
public enum StoreSeals : uint { None, Write = 1, Grow = 2, All = Write | Grow }

public sealed class Store(PageAllocator pages, List<Folio> content) : LuoFile
{
    public IReadOnlyList<Folio> Content => content;
    public StoreSeals Seals { get; init; }
    protected override void Release() => content.ForEach(pages.Free);
}

[PreservedState]
public struct StoreState
{
    public StoreSeals Seals;
    public uint Reserved;
    public ulong Count;
    public KhoVmalloc<PhysicalAddress> Content;
}

[LiveUpdateFileHandler("store-v2")]
public sealed partial class StoreHandler
{
    bool CanPreserve(Store file) => (file.Seals & ~StoreSeals.All) == 0;

    void Preserve(Store file, out StoreState state, IKho kho)
    {
        using var scope = new PreservationScope(kho);
        var array = KhoVmallocArray<PhysicalAddress>.AllocatePreserved(kho, (ulong)file.Content.Count);
        scope.OnRollback(array.UnpreserveFree);
        for (int i = 0; i < file.Content.Count; i++)
            array[(ulong)i] = scope.Preserve(file.Content[i]).Address;
        scope.Commit();
        state = new StoreState { Seals = file.Seals, Count = array.Count, Content = array.Descriptor };
    }

    void Unpreserve(Store file, in StoreState state, IKho kho)
    {
        var array = KhoVmallocArray<PhysicalAddress>.FindPreserved(kho, state.Content, state.Count);
        foreach (PhysicalAddress address in array.ToArray())
            kho.Unpreserve(kho.FindPreserved(address));
        array.UnpreserveFree();
    }

    Store Retrieve(in StoreState state, IKho kho)
    {
        if (state.Reserved != 0 || (state.Seals & ~StoreSeals.All) != 0)
            {|LUO4007:throw new ErrnoException(Errno.EOPNOTSUPP, "Unknown seals.");|}
        PhysicalAddress[] addresses = Take(state, kho);
        var content = new List<Folio>(addresses.Length);
        var store = new Store(kho.Pages, content) { Seals = state.Seals };
        try
        {
            foreach (PhysicalAddress address in addresses)
                content.Add(kho.Restore(kho.FindInherited(address)));
            return store;
        }
        catch (ErrnoException)
        {
            int done = content.Count;
            store.Put();
            Free(addresses.AsSpan(done), kho);
            throw;
        }
    }

    void Finish(Store? file, in StoreState state, RetrieveStatus status, IKho kho)
    {
        if (status.IsNotTried)
            Free(Take(state, kho), kho);
    }

    private static PhysicalAddress[] Take(in StoreState state, IKho kho)
    {
        var array = KhoVmallocArray<PhysicalAddress>.FindInherited(kho, state.Content, state.Count);
        PhysicalAddress[] all = array.ToArray();
        array.RestoreFree();
        return all;
    }

    private static void Free(ReadOnlySpan<PhysicalAddress> addresses, IKho kho)
    {
        foreach (PhysicalAddress address in addresses)
        {
            if (kho.TryFindInherited(address, out KhoRange range))
                kho.RestoreFree(range);
        }
    }
}
