// H001: the elements of an array are as they were at Preserve, though Freeze renews the rest.
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

public sealed class CachePage(Folio folio)
{
    public Folio Folio { get; } = folio;
    public bool IsDirty { get; set; }
}

public sealed class BlockCache(PageAllocator pages) : LuoFile
{
    public List<CachePage> Content { get; } = [];
    public ulong Cursor { get; set; }

    protected override void Release()
    {
        foreach (CachePage page in Content)
            pages.Free(page.Folio);
    }
}

[PreservedState]
public struct CacheEntry
{
    public PhysicalAddress Address;
    public ulong Flags;
}

[PreservedState]
public struct BlockCacheState
{
    public ulong Cursor;
    public ulong Count;
    public KhoVmalloc<CacheEntry> Entries;
}

[LiveUpdateFileHandler("block-cache-v1")]
public sealed partial class BlockCacheHandler
{
    private const ulong DirtyFlag = 1;

    bool CanPreserve(BlockCache file) => true;

    void Preserve(BlockCache file, out BlockCacheState state, IKho kho)
    {
        using var scope = new PreservationScope(kho);
        var entries = KhoVmallocArray<CacheEntry>.AllocatePreserved(kho, (ulong)file.Content.Count);
        scope.OnRollback(entries.UnpreserveFree);
        ulong index = 0;
        foreach (CachePage page in file.Content)
        {
            KhoRange range = scope.Preserve(page.Folio);
            entries[index++] = new CacheEntry
            {
                Address = range.Address,
                {|LUO4010:Flags = page.IsDirty ? DirtyFlag : 0|},
            };
        }
        scope.Commit();
        state = new BlockCacheState { Cursor = file.Cursor, Count = entries.Count, Entries = entries.Descriptor };
    }

    void Freeze(BlockCache file, ref BlockCacheState state) => state.Cursor = file.Cursor;

    void Unpreserve(BlockCache file, in BlockCacheState state, IKho kho)
    {
        var entries = KhoVmallocArray<CacheEntry>.FindPreserved(kho, state.Entries, state.Count);
        for (ulong i = 0; i < entries.Count; i++)
            kho.Unpreserve(kho.FindPreserved(entries[i].Address));
        entries.UnpreserveFree();
    }

    BlockCache Retrieve(in BlockCacheState state, IKho kho)
    {
        CacheEntry[] entries = Take(state, kho);
        var file = new BlockCache(kho.Pages) { Cursor = state.Cursor };
        int done = 0;
        bool ok = false;
        try
        {
            for (; done < entries.Length; done++)
            {
                if ((entries[done].Flags & ~DirtyFlag) != 0)
                    throw new ErrnoException(Errno.EINVAL, "An unknown flag of a cache entry.");
                Folio folio = kho.Restore(kho.FindInherited(entries[done].Address));
                file.Content.Add(new CachePage(folio) { IsDirty = entries[done].Flags == DirtyFlag });
            }
            ok = true;
            return file;
        }
        finally
        {
            if (!ok)
            {
                file.Put();
                Free(entries.AsSpan(done), kho);
            }
        }
    }

    void Finish(BlockCache? file, in BlockCacheState state, RetrieveStatus status, IKho kho)
    {
        if (status.IsNotTried)
            Free(Take(state, kho), kho);
    }

    private static CacheEntry[] Take(in BlockCacheState state, IKho kho)
    {
        var array = KhoVmallocArray<CacheEntry>.FindInherited(kho, state.Entries, state.Count);
        CacheEntry[] entries = array.ToArray();
        array.RestoreFree();
        return entries;
    }

    private static void Free(ReadOnlySpan<CacheEntry> entries, IKho kho)
    {
        foreach (CacheEntry entry in entries)
        {
            if (kho.TryFindInherited(entry.Address, out KhoRange range))
                kho.RestoreFree(range);
        }
    }
}
