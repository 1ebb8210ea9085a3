using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

namespace Clean.WaysToTake;

// A field that tells this kernel, and nobody else, how to give the page up.
public sealed class Sheet(PageAllocator pages, Folio page) : LuoFile
{
    public Folio Page => page;
    public Span<byte> Bytes => pages.GetSpan(page);
    protected override void Release() => pages.Free(page);
}

[PreservedState] public struct SheetState { public PhysicalAddress Page; public SheetOrigin Origin; }
public enum SheetOrigin : ulong { InPlace = 0, Copy = 1 }

/// <summary>If somebody else has the page preserved already, a copy goes over.</summary>
[LiveUpdateFileHandler("sheet-v1")]
public sealed partial class SheetHandler
{
    bool CanPreserve(Sheet file) => file.Page.Order == 0;

    Errno Preserve(Sheet file, out SheetState state, IKho kho)
    {
        try
        {
            state = new SheetState { Page = kho.Preserve(file.Page).Address, Origin = SheetOrigin.InPlace };
            return Errno.None;
        }
        catch (ErrnoException e) when (e.Errno == Errno.EBUSY)
        {
            // shared: below
        }
        catch (ErrnoException e)
        {
            state = default;
            return e.Errno;
        }

        try
        {
            KhoRange copy = kho.AllocatePreserved(Page.Size);
            file.Bytes.CopyTo(kho.GetSpan(copy));
            state = new SheetState { Page = copy.Address, Origin = SheetOrigin.Copy };
            return Errno.None;
        }
        catch (ErrnoException)
        {
            state = default;
            return Errno.ENOMEM;
        }
    }

    void Freeze(Sheet file, ref SheetState state, IKho kho)
    {
        if (state.Origin == SheetOrigin.Copy)
            file.Bytes.CopyTo(kho.GetSpan(kho.FindPreserved(state.Page)));
    }

    void Unpreserve(Sheet file, in SheetState state, IKho kho)
    {
        KhoRange range = kho.FindPreserved(state.Page);
        if (state.Origin == SheetOrigin.Copy)
            kho.UnpreserveFree(range);
        else
            kho.Unpreserve(range);
    }

    Sheet Retrieve(in SheetState state, IKho kho) => new(kho.Pages, kho.Restore(kho.FindInherited(state.Page)));

    void Finish(Sheet? file, in SheetState state, RetrieveStatus status, IKho kho)
    {
        if (status.IsNotTried)
            kho.RestoreFree(kho.FindInherited(state.Page));
    }
}
