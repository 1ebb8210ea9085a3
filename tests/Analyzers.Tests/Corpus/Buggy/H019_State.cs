// H019: Freeze replaces the state, and the page in it is lost.
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
    public PhysicalAddress Page;
    public ulong Hits;
}

[LiveUpdateFileHandler("buggy-v1")]
public sealed partial class CacheHandler
{
    bool CanPreserve(Cache file) => true;

    void Preserve(Cache file, out CacheState state, IKho kho) =>
        state = new CacheState { Page = kho.Preserve(file.Page).Address, Hits = file.Hits };

    void Freeze(Cache file, ref CacheState state) => {|LUO4011:state = new CacheState { Hits = file.Hits }|};

    void Unpreserve(Cache file, in CacheState state, IKho kho) => kho.Unpreserve(kho.FindPreserved(state.Page));

    Cache Retrieve(in CacheState state, IKho kho) =>
        new(kho.Pages, kho.Restore(kho.FindInherited(state.Page))) { Hits = state.Hits };

    void Finish(Cache? file, in CacheState state, RetrieveStatus status, IKho kho)
    {
        if (status.IsNotTried)
            kho.RestoreFree(kho.FindInherited(state.Page));
    }
}
