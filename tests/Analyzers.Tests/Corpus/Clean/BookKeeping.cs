using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

namespace Clean.BookKeeping;

// What a handler notes of the files that it preserves in this kernel, and looks up when others come.
public sealed class Page1(PageAllocator pages, Folio folio) : LuoFile
{
    public Folio Folio => folio;
    public ulong Key => folio.Pfn.Value;
    protected override void Release() => pages.Free(folio);
}

[PreservedState] public struct PageState { public PhysicalAddress Page; public ulong Ticket; }

[LiveUpdateFileHandler("g-page-v1")]
public sealed partial class PageHandler
{
    private readonly ConcurrentDictionary<ulong, PhysicalAddress> _outgoing = new();
    private ulong _nextTicket;
    private long _bytes;
    private Page1? _last;
    private string? _lastError;

    public long Bytes => _bytes;
    public ulong Preserved { get; private set; }

    bool CanPreserve(Page1 file) => !_outgoing.ContainsKey(file.Key);

    Errno Preserve(Page1 file, out PageState state, IKho kho)
    {
        state = default;
        try
        {
            state.Page = kho.Preserve(file.Folio).Address;
        }
        catch (ErrnoException e)
        {
            _lastError = e.Message;
            return e.Errno;
        }
        state.Ticket = ++_nextTicket;
        _outgoing.TryAdd(file.Key, state.Page);
        _bytes += file.Folio.ByteCount;
        _last = file;
        Preserved++;
        return Errno.None;
    }

    void Unpreserve(Page1 file, in PageState state, IKho kho)
    {
        if (state.Ticket == _nextTicket) _nextTicket--;
        _outgoing.TryRemove(file.Key, out _);
        kho.Unpreserve(kho.FindPreserved(state.Page));
        if (ReferenceEquals(_last, file)) _last = null;
    }

    Page1 Retrieve(in PageState state, IKho kho)
    {
        // an incoming page can't be outgoing at the same time
        if (_outgoing.ContainsKey(state.Page.Pfn.Value))
            throw new ErrnoException(Errno.EBUSY);
        return new(kho.Pages, kho.Restore(kho.FindInherited(state.Page)));
    }

    void Finish(Page1? file, in PageState state, RetrieveStatus status, IKho kho)
    {
        if (status.IsNotTried) kho.RestoreFree(kho.FindInherited(state.Page));
        else if (file is not null) _outgoing.TryRemove(file.Key, out _);
        Console.WriteLine($"{Preserved} preserved, {_bytes} bytes, last error {_lastError ?? "none"}, last {_last?.Key}");
    }
}
