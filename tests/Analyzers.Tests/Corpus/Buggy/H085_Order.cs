// H085: the order of pages is used unchecked.
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

public sealed class Cache(PageAllocator pages, Folio page) : LuoFile
{
    public Folio Page => page;
    public Span<byte> Contents => pages.GetSpan(page);
    public ulong Hits { get; set; }
    public uint Flags { get; set; }
    public bool IsPinned { get; set; }
    public long Length { get; set; }
    protected override void Release() => pages.Free(page);
}

[PreservedState]
public struct CacheState
{
    public ulong Pfn;
    public uint Order;
    public uint Flags;
}

[LiveUpdateFileHandler("buggy-v1")]
public sealed partial class CacheHandler
{
    bool CanPreserve(Cache file) => true;

    void Preserve(Cache file, out CacheState state, IKho kho) => state = new CacheState { Pfn = kho.Preserve(file.Page).Folio.Pfn.Value, Order = (uint)file.Page.Order, Flags = file.Flags };

    void Freeze(Cache file, ref CacheState state) => state.Flags = file.Flags;

    void Unpreserve(Cache file, in CacheState state, IKho kho) => kho.Unpreserve(kho.FindPreserved(new Pfn(state.Pfn).Address));

    Cache Retrieve(in CacheState state, IKho kho)
    {
        kho.RestoreFree(kho.FindInherited(new Pfn(state.Pfn).Address));
        Folio folio = kho.Pages.Allocate((int){|LUO4008:state.Order|});
        return new Cache(kho.Pages, folio) { Flags = state.Flags & 7 };
    }

    void Finish(Cache? file, in CacheState state, RetrieveStatus status, IKho kho)
    {
        if (status.IsNotTried)
            kho.RestoreFree(kho.FindInherited(new Pfn(state.Pfn).Address));
    }
}
