using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

/// <summary>A file of your own: a page of memory, and how often it was read.</summary>
public sealed class Cache(PageAllocator pages, Folio page) : LuoFile
{
    public Folio Page => page;
    public Span<byte> Contents => pages.GetSpan(page);
    public ulong Hits { get; set; }
    protected override void Release() => pages.Free(page);
}

/// <summary>What the next kernel gets to know of it: these 16 bytes are the ABI.</summary>
[PreservedState]
public struct CacheState
{
    public PhysicalAddress Page;
    public ulong Hits;
}

[LiveUpdateFileHandler("cache-v1")]
public sealed partial class CacheHandler
{
    bool CanPreserve(Cache file) => true;

    void Preserve(Cache file, out CacheState state, IKho kho) =>
        state = new CacheState { Page = kho.Preserve(file.Page).Address, Hits = file.Hits };

    void Freeze(Cache file, ref CacheState state) => state.Hits = file.Hits;

    void Unpreserve(Cache file, in CacheState state, IKho kho) => kho.Unpreserve(kho.FindPreserved(state.Page));

    Cache Retrieve(in CacheState state, IKho kho) =>
        new(kho.Pages, kho.Restore(kho.FindInherited(state.Page))) { Hits = state.Hits };

    void Finish(Cache? file, in CacheState state, RetrieveStatus status, IKho kho)
    {
        if (status.IsNotTried) // Nobody asked for the file, so that its page is still in nobody's hands.
            kho.RestoreFree(kho.FindInherited(state.Page));
    }
}
