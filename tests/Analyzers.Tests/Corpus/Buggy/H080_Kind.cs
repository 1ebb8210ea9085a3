// H080: Unpreserve gives the array back, and not the folios.
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

public sealed class Journal(PageAllocator pages) : LuoFile
{
    private readonly List<Folio> _folios = [];
    public IReadOnlyList<Folio> Folios => _folios;
    public PageAllocator Pages => pages;
    public ulong Position { get; set; }
    public uint Mode { get; set; }
    public long Size { get; set; }
    public bool IsFrozen { get; private set; }
    public void Lock() => IsFrozen = true;
    public void Unlock() => IsFrozen = false;
    public void Add(Folio folio)
    {
        if (_folios.Count == 1 << 20)
            throw new ErrnoException(Errno.ENOSPC);
        _folios.Add(folio);
    }
    protected override void Release()
    {
        foreach (Folio folio in _folios)
            pages.Free(folio);
    }
}

[PreservedState]
public struct JournalState
{
    public ulong Position;
    public ulong Count;
    public KhoVmalloc<PhysicalAddress> Folios;
}

[LiveUpdateFileHandler("buggy-v1")]
public sealed partial class JournalHandler
{
    bool CanPreserve(Journal file) => !file.IsFrozen;

    void Preserve(Journal file, out JournalState state, IKho kho)
    {
        using var scope = new PreservationScope(kho);
        file.Lock();
        scope.OnRollback(file.Unlock);
        var array = KhoVmallocArray<PhysicalAddress>.AllocatePreserved(kho, (ulong)file.Folios.Count);
        scope.OnRollback(array.UnpreserveFree);
        for (int i = 0; i < file.Folios.Count; i++)
            array[(ulong)i] = scope.Preserve(file.Folios[i]).Address;
        scope.Commit();
        state = new JournalState { Position = file.Position, Count = array.Count, Folios = array.Descriptor };
    }

    void Freeze(Journal file, ref JournalState state) => state.Position = file.Position;

    void {|LUO4001:Unpreserve|}(Journal file, in JournalState state, IKho kho)
    {
        KhoVmallocArray<PhysicalAddress>.FindPreserved(kho, state.Folios, state.Count).UnpreserveFree();
        file.Unlock();
    }

    Journal Retrieve(in JournalState state, IKho kho)
    {
        PhysicalAddress[] addresses = Take(in state, kho);
        var file = new Journal(kho.Pages) { Position = state.Position };
        int done = 0;
        try
        {
            for (; done < addresses.Length; done++)
                file.Add(kho.Restore(kho.FindInherited(addresses[done])));
            return file;
        }
        catch
        {
            Free(addresses.AsSpan(done), kho);
            file.Put();
            throw;
        }
    }

    void Finish(Journal? file, in JournalState state, RetrieveStatus status, IKho kho)
    {
        if (status.IsNotTried)
            Free(Take(in state, kho), kho);
    }

    private static PhysicalAddress[] Take(in JournalState state, IKho kho)
    {
        var array = KhoVmallocArray<PhysicalAddress>.FindInherited(kho, state.Folios, state.Count);
        PhysicalAddress[] addresses = array.ToArray();
        array.RestoreFree();
        return addresses;
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
