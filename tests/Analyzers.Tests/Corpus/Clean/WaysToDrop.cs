using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

namespace Clean.WaysToDrop;

/// <summary>Memory that is given up where it is still there; answers that are kept for later.</summary>
internal static class KhoExtensions
{
    public static bool TryPreserve(this IKho kho, Folio folio, out KhoRange range, out Errno error)
    {
        try
        {
            (range, error) = (kho.Preserve(folio), Errno.None);
            return true;
        }
        catch (ErrnoException e)
        {
            (range, error) = (default, e.Errno);
            return false;
        }
    }

    public static void UnpreserveAt(this IKho kho, PhysicalAddress address) => kho.Unpreserve(kho.FindPreserved(address));
    public static Folio TakeOver(this IKho kho, PhysicalAddress address) => kho.Restore(kho.FindInherited(address));
    public static void DropIfThere(this IKho kho, PhysicalAddress address)
    {
        if (kho.TryFindInherited(address, out var range))
            kho.RestoreFree(range);
    }
}

public sealed class Duo(PageAllocator pages, Folio left, Folio right) : LuoFile
{
    public Folio Left => left;
    public Folio Right => right;
    protected override void Release() { pages.Free(left); pages.Free(right); }
}

[PreservedState]
public struct DuoState { public PhysicalAddress Left; public PhysicalAddress Right; }

[LiveUpdateFileHandler("duo-extensions-v1")]
public sealed partial class DuoHandler
{
    bool CanPreserve(Duo file) => true;

    Errno Preserve(Duo file, IKho kho, out DuoState state)
    {
        state = default;
        if (!kho.TryPreserve(file.Left, out var left, out var error))
            return error;
        if (!kho.TryPreserve(file.Right, out var right, out error))
        {
            kho.Unpreserve(left);
            return error;
        }
        state = new() { Left = left.Address, Right = right.Address };
        return error;
    }

    void Unpreserve(in DuoState state, IKho kho)
    {
        kho.UnpreserveAt(state.Left);
        kho.UnpreserveAt(state.Right);
    }

    Duo Retrieve(in DuoState state, IKho kho)
    {
        Folio left = kho.TakeOver(state.Left);
        try
        {
            return new Duo(kho.Pages, left, kho.TakeOver(state.Right));
        }
        catch
        {
            kho.Pages.Free(left);
            kho.DropIfThere(state.Right);
            throw;
        }
    }

    void Finish(Duo? file, in DuoState state, RetrieveStatus status, IKho kho)
    {
        if (!status.IsNotTried) return;
        kho.DropIfThere(state.Left);
        kho.DropIfThere(state.Right);
    }
}

[LiveUpdateFileHandler("duo-filters-v1")]
public sealed partial class DuoFilterHandler
{
    bool CanPreserve(Duo file) => file.Left.Order == file.Right.Order;

    void Preserve(Duo file, IKho kho, out DuoState state)
    {
        state = default;
        KhoRange? left = null, right = null;
        bool ok = false;
        try
        {
            left = kho.Preserve(file.Left);
            right = kho.Preserve(file.Right);
            state.Left = left.Value.Address;
            state.Right = right.Value.Address;
            ok = true;
        }
        finally
        {
            if (!ok)
            {
                if (right.HasValue) kho.Unpreserve(right.Value);
                if (left.HasValue) kho.Unpreserve(left.Value);
            }
        }
    }

    void Unpreserve(in DuoState state, IKho kho)
    {
        foreach (var address in (ReadOnlySpan<PhysicalAddress>)[state.Right, state.Left])
            kho.UnpreserveAt(address);
    }

    Duo Retrieve(in DuoState state, IKho kho)
    {
        PhysicalAddress[] addresses = [state.Left, state.Right];
        var folios = new List<Folio>();
        try
        {
            folios.AddRange(addresses.Select(kho.TakeOver));
        }
        catch
        {
            folios.ForEach(kho.Pages.Free);
            foreach (var address in addresses)
                kho.DropIfThere(address);
            throw;
        }
        return new Duo(kho.Pages, folios[0], folios[1]);
    }

    void Finish(Duo? file, in DuoState state, RetrieveStatus status, IKho kho)
    {
        if (status.IsNotTried)
        {
            kho.DropIfThere(state.Left);
            kho.DropIfThere(state.Right);
        }
    }
}

[LiveUpdateFileHandler("duo-nested-try-v1")]
public sealed partial class DuoNestedTryHandler
{
    bool CanPreserve(Duo file) => true;

    void Preserve(Duo file, IKho kho, out DuoState state)
    {
        var left = kho.Preserve(file.Left);
        KhoRange right;
        try
        {
            right = kho.Preserve(file.Right);
        }
        catch
        {
            kho.Unpreserve(left);
            throw;
        }
        state = new DuoState { Left = left.Address, Right = right.Address };
    }

    void Unpreserve(Duo file, in DuoState state, IKho kho)
    {
        Undo(state.Right);
        Undo(state.Left);

        void Undo(PhysicalAddress address) => kho.Unpreserve(kho.FindPreserved(address));
    }

    Duo Retrieve(in DuoState state, IKho kho)
    {
        bool bothThere = kho.TryFindInherited(state.Left, out KhoRange left) & kho.TryFindInherited(state.Right, out KhoRange right);
        return bothThere && left != right
            ? new Duo(kho.Pages, kho.Restore(left), kho.Restore(right))
            : throw Refuse(state, kho);
    }

    void Finish(Duo? file, in DuoState state, RetrieveStatus status, IKho kho)
    {
        if (status.IsNotTried)
            _ = Refuse(state, kho);
    }

    private static ErrnoException Refuse(DuoState state, IKho kho)
    {
        kho.DropIfThere(state.Left);
        kho.DropIfThere(state.Right);
        return new ErrnoException(Errno.EINVAL, "The duo was not handed over.");
    }
}
