// H033: a chain of blocks is followed for as long as there is a next one.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
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

[LiveUpdateFileHandler("buggy-v1")]
public sealed partial class RawCacheHandler
{
    bool CanPreserve(Cache file) => true;

    void Preserve(Cache file, out ulong serializedData, IKho kho)
    {
        using var scope = new PreservationScope(kho);
        KhoRange record = scope.AllocatePreserved(16);
        KhoRange page = scope.Preserve(file.Page);
        Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(kho.GetSpan(record));
        words[0] = page.Address.Value;
        words[1] = file.Hits;
        scope.Commit();
        serializedData = record.Address.Value;
    }

    void Unpreserve(Cache file, ulong serializedData, IKho kho)
    {
        KhoRange record = kho.FindPreserved(new PhysicalAddress(serializedData));
        Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(kho.GetSpan(record));
        kho.Unpreserve(kho.FindPreserved(new PhysicalAddress(words[0])));
        kho.UnpreserveFree(record);
    }

    Cache Retrieve(ulong serializedData, IKho kho)
    {
        ulong hits = 0;
        PhysicalAddress page = PhysicalAddress.Null;
        {|LUO4008:for|} (var next = new PhysicalAddress(serializedData); !next.IsNull;)
        {
            KhoRange block = {|LUO4007:kho.FindInherited(next)|};
            Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(kho.GetSpan(block));
            next = new PhysicalAddress(words[0]);
            page = new PhysicalAddress(words[1]);
            hits += words[2];
        }
        return new Cache(kho.Pages, kho.Restore(kho.FindInherited(page))) { Hits = hits };
    }

    void Finish(Cache? file, ulong serializedData, RetrieveStatus status, IKho kho)
    {
        if (!status.IsNotTried)
            return;
        KhoRange record = kho.FindInherited(new PhysicalAddress(serializedData));
        var page = new PhysicalAddress(MemoryMarshal.Cast<byte, ulong>(kho.GetSpan(record))[0]);
        kho.RestoreFree(record);
        if (kho.TryFindInherited(page, out KhoRange range))
            kho.RestoreFree(range);
    }
}
