using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

namespace Clean.GotoCleanup;

// As kernel code is written: labels at the end give back what was taken, in reverse.
public sealed class Queue3 : LuoFile
{
    private readonly PageAllocator _pages;
    public Queue3(PageAllocator pages, Folio descriptors, Folio available, Folio used, ushort size)
    {
        _pages = pages;
        Descriptors = descriptors;
        Available = available;
        Used = used;
        Size = size;
    }
    public Folio Descriptors { get; }
    public Folio Available { get; }
    public Folio Used { get; }
    public ushort Size { get; }
    public ushort LastAvailable { get; set; }
    public bool Running { get; set; } = true;
    protected override void Release()
    {
        _pages.Free(Descriptors);
        _pages.Free(Available);
        _pages.Free(Used);
    }
}

[PreservedState]
public struct QueueState
{
    public PhysicalAddress Descriptors;
    public PhysicalAddress Available;
    public PhysicalAddress Used;
    public ushort Size;
    public ushort LastAvailable;
    public uint Reserved;
}

// kernel style
[LiveUpdateFileHandler("virtqueue-v1")]
public sealed partial class VirtQueueHandler
{
    private static bool IsPowerOfTwo(uint n) => n != 0 && (n & (n - 1)) == 0;

    private bool CanPreserve(Queue3 file) => IsPowerOfTwo(file.Size);

    private Errno Preserve(Queue3 file, out QueueState state, IKho kho)
    {
        Errno err;
        KhoRange desc = default, avail = default, used;

        state = default;

        err = TryPreserve(kho, file.Descriptors, out desc);
        if (err != Errno.None)
            goto out_none;
        err = TryPreserve(kho, file.Available, out avail);
        if (err != Errno.None)
            goto out_desc;
        err = TryPreserve(kho, file.Used, out used);
        if (err != Errno.None)
            goto out_avail;

        state.Descriptors = desc.Address;
        state.Available = avail.Address;
        state.Used = used.Address;
        state.Size = file.Size;
        state.LastAvailable = file.LastAvailable;
        state.Reserved = 0;
        return Errno.None;

    out_avail:
        kho.Unpreserve(avail);
    out_desc:
        kho.Unpreserve(desc);
    out_none:
        return err;
    }

    private void Unpreserve(Queue3 file, in QueueState state, IKho kho)
    {
        kho.Unpreserve(kho.FindPreserved(state.Used));
        kho.Unpreserve(kho.FindPreserved(state.Available));
        kho.Unpreserve(kho.FindPreserved(state.Descriptors));
    }

    private Errno Freeze(Queue3 file, ref QueueState state)
    {
        if (!file.Running)
            return Errno.EBUSY;
        file.Running = false;
        state.LastAvailable = file.LastAvailable;
        return Errno.None;
    }

    private void Unfreeze(Queue3 file) => file.Running = true;

    private Errno Retrieve(in QueueState state, IKho kho, out Queue3? file)
    {
        file = null;
        if (!IsPowerOfTwo(state.Size) || state.Reserved != 0)
            goto drop;
        if (!kho.TryFindInherited(state.Descriptors, out var d) || !kho.TryFindInherited(state.Available, out var a) || !kho.TryFindInherited(state.Used, out var u))
            goto drop;
        if (d == a || a == u || d == u)
            goto drop;
        file = new Queue3(kho.Pages, kho.Restore(d), kho.Restore(a), kho.Restore(u), state.Size) { LastAvailable = state.LastAvailable };
        return Errno.None;

    drop:
        Drop(kho, state.Descriptors);
        Drop(kho, state.Available);
        Drop(kho, state.Used);
        return Errno.EINVAL;
    }

    private void Finish(Queue3? file, in QueueState state, RetrieveStatus status, IKho kho)
    {
        if (file != null || status.IsFailed)
            return;
        Drop(kho, state.Descriptors);
        Drop(kho, state.Available);
        Drop(kho, state.Used);
    }

    private static void Drop(IKho kho, PhysicalAddress address)
    {
        if (kho.TryFindInherited(address, out KhoRange range))
            kho.RestoreFree(range);
    }

    private static Errno TryPreserve(IKho kho, Folio folio, out KhoRange range)
    {
        try
        {
            range = kho.Preserve(folio);
            return Errno.None;
        }
        catch (ErrnoException e)
        {
            range = default;
            return e.Errno;
        }
    }
}
