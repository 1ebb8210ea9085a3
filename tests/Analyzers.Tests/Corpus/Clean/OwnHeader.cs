using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Threading;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

namespace Clean.OwnHeader;

// A page of entries that is laid out by hand.
[DebuggerDisplay("{Count} pages")]
public sealed class PageList(PageAllocator allocator) : LuoFile
{
    private readonly SortedList<uint, Folio> _pages = [];
    public int Count => _pages.Count;
    public IEnumerable<KeyValuePair<uint, Folio>> Pages => _pages;
    public void Add(uint index, Folio folio) => _pages.Add(index, folio);
    protected override void Release() { foreach (var (_, f) in _pages) allocator.Free(f); }
}

public struct PageEntry
{
    public uint Index;
    public uint Flags;
    public PhysicalAddress Address;
}

[PreservedState]
public struct PageListState
{
    public PhysicalAddress Header;
}

/// <summary>A linked header page by hand: count, then entries, in one allocation of up to 4 MiB.</summary>
[LiveUpdateFileHandler("pagelist-v1")]
public sealed partial class PageListHandler
{
    private static readonly int s_entrySize = System.Runtime.CompilerServices.Unsafe.SizeOf<PageEntry>();
    private static int MaxEntries => ((4 << 20) - sizeof(ulong)) / s_entrySize;

    bool CanPreserve(PageList file) => file.Count <= MaxEntries;

    void Preserve(PageList file, out PageListState state, IKho kho)
    {
        KhoRange header = kho.AllocatePreserved(sizeof(ulong) + file.Count * s_entrySize);
        int preserved = 0;
        try
        {
            var writer = new EntryWriter(kho.GetSpan(header));
            foreach (var (index, folio) in file.Pages)
            {
                writer.Write(new PageEntry { Index = index, Address = kho.Preserve(folio).Address });
                preserved++;
            }
            writer.Finish();
        }
        catch
        {
            foreach (var (_, folio) in file.Pages.Take(preserved))
                kho.Unpreserve(kho.FindPreserved(folio.Address));
            kho.UnpreserveFree(header);
            throw;
        }
        state = new PageListState { Header = header.Address };
    }

    void Unpreserve(PageList file, in PageListState state, IKho kho)
    {
        foreach (var (_, folio) in file.Pages)
            kho.Unpreserve(kho.FindPreserved(folio.Address));
        kho.UnpreserveFree(kho.FindPreserved(state.Header));
    }

    PageList Retrieve(in PageListState state, IKho kho)
    {
        if (!TryRead(state.Header, kho, out var entries))
            throw new ErrnoException(Errno.EINVAL, "no header");
        var list = new PageList(kho.Pages);
        var left = entries.GetEnumerator();
        try
        {
            while (left.MoveNext())
            {
                if (left.Current.Flags != 0) throw new ErrnoException(Errno.EOPNOTSUPP);
                list.Add(left.Current.Index, kho.Restore(kho.FindInherited(left.Current.Address)));
            }
            return list;
        }
        catch (Exception e) when (e is ErrnoException or ArgumentException)
        {
            list.Put();
            foreach (PageEntry entry in entries)
                if (kho.TryFindInherited(entry.Address, out var range)) kho.RestoreFree(range);
            throw;
        }
    }

    void Finish(PageList? file, in PageListState state, RetrieveStatus status, IKho kho)
    {
        if (status.IsNotTried && TryRead(state.Header, kho, out var entries))
            entries.ForEach(entry => { if (kho.TryFindInherited(entry.Address, out var range)) kho.RestoreFree(range); });
    }

    private static bool TryRead(PhysicalAddress address, IKho kho, [NotNullWhen(true)] out List<PageEntry>? entries)
    {
        entries = null;
        if (!kho.TryFindInherited(address, out KhoRange header))
            return false;
        try
        {
            var reader = new EntryReader(kho.GetSpan(header));
            if (reader.Count > MaxEntries)
                return false;
            entries = new(reader.Count);
            while (reader.TryRead(out PageEntry entry))
                entries.Add(entry);
            return true;
        }
        finally
        {
            kho.RestoreFree(header);
        }
    }

    private ref struct EntryWriter(Span<byte> bytes)
    {
        private readonly Span<byte> _bytes = bytes;
        private int _count;
        public void Write(PageEntry entry) => System.Runtime.InteropServices.MemoryMarshal.Write(_bytes[(8 + _count++ * s_entrySize)..], entry);
        public readonly void Finish() => BitConverter.TryWriteBytes(_bytes, (ulong)_count);
    }

    private ref struct EntryReader(ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;
        private int _index;
        public readonly int Count => (int)Math.Min(BitConverter.ToUInt64(_bytes), (ulong)(_bytes.Length - 8) / (ulong)s_entrySize);
        public bool TryRead(out PageEntry entry)
        {
            if (_index >= Count) { entry = default; return false; }
            entry = System.Runtime.InteropServices.MemoryMarshal.Read<PageEntry>(_bytes[(8 + _index++ * s_entrySize)..]);
            return true;
        }
    }
}
