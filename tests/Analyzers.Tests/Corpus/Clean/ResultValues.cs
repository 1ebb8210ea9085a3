using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

namespace Clean.ResultValues;

// Errors in values: results, steps and locals.
public sealed class Trio(PageAllocator pages, Folio[] parts) : LuoFile
{
    public Folio[] Parts => parts;
    protected override void Release() => Array.ForEach(parts, pages.Free);
}

[PreservedState] public struct TrioState { public PhysicalAddress A, B, C; }

internal readonly record struct Result<T>(Errno Error, T Value)
{
    public bool Ok => Error == Errno.None;
    public static Result<T> From(Func<T> f)
    {
        try { return new(Errno.None, f()); }
        catch (ErrnoException e) { return new(e.Errno, default!); }
    }
}

[LiveUpdateFileHandler("trio-result-v1")]
public sealed partial class TrioResultHandler
{
    bool CanPreserve(Trio file) => file.Parts.Length == 3;

    Errno Preserve(Trio file, out TrioState state, IKho kho)
    {
        state = default;
        var a = Result<KhoRange>.From(() => kho.Preserve(file.Parts[0]));
        if (!a.Ok) return a.Error;
        var b = Result<KhoRange>.From(() => kho.Preserve(file.Parts[1]));
        if (!b.Ok) { kho.Unpreserve(a.Value); return b.Error; }
        var c = Result<KhoRange>.From(() => kho.Preserve(file.Parts[2]));
        if (!c.Ok) { kho.Unpreserve(b.Value); kho.Unpreserve(a.Value); return c.Error; }
        (state.A, state.B, state.C) = (a.Value.Address, b.Value.Address, c.Value.Address);
        return Errno.None;
    }

    void Unpreserve(in TrioState state, IKho kho)
    {
        foreach (var address in new[] { state.C, state.B, state.A })
            kho.Unpreserve(kho.FindPreserved(address));
    }

    Errno Retrieve(in TrioState state, IKho kho, out Trio? file)
    {
        file = null;
        PhysicalAddress[] all = [state.A, state.B, state.C];
        var ranges = new List<KhoRange>(3);
        Errno errno = Errno.None;
        foreach (var address in all)
        {
            if (kho.TryFindInherited(address, out var range)) ranges.Add(range);
            else errno = Errno.EINVAL;
        }
        if (errno != Errno.None || ranges.Distinct().Count() != 3)
        {
            foreach (var range in ranges.Distinct()) kho.RestoreFree(range);
            return errno == Errno.None ? Errno.EINVAL : errno;
        }
        file = new Trio(kho.Pages, ranges.ConvertAll(kho.Restore).ToArray());
        return errno;
    }

    void Finish(in TrioState state, RetrieveStatus status, IKho kho)
    {
        if (!status.IsNotTried) return;
        foreach (var address in (PhysicalAddress[])[state.A, state.B, state.C])
            if (kho.TryFindInherited(address, out var range)) kho.RestoreFree(range);
    }
}

[LiveUpdateFileHandler("trio-steps-v1")]
public sealed partial class TrioStepsHandler
{
    bool CanPreserve(Trio file) => file.Parts is [_, _, _];

    Errno Preserve(Trio file, out TrioState state, IKho kho)
    {
        state = default;
        int step = 0;
        try
        {
            state.A = kho.Preserve(file.Parts[0]).Address; step = 1;
            state.B = kho.Preserve(file.Parts[1]).Address; step = 2;
            state.C = kho.Preserve(file.Parts[2]).Address; step = 3;
        }
        catch (ErrnoException e)
        {
            switch (step)
            {
                case 2: kho.Unpreserve(kho.FindPreserved(state.B)); goto case 1;
                case 1: kho.Unpreserve(kho.FindPreserved(state.A)); break;
            }
            return e.Errno;
        }
        return Errno.None;
    }

    void Unpreserve(in TrioState state, IKho kho)
    {
        kho.Unpreserve(kho.FindPreserved(state.A));
        kho.Unpreserve(kho.FindPreserved(state.B));
        kho.Unpreserve(kho.FindPreserved(state.C));
    }

    Trio Retrieve(in TrioState state, IKho kho)
    {
        var parts = new Folio[3];
        int n = 0;
        try
        {
            parts[n++] = kho.Restore(kho.FindInherited(state.A));
            parts[n++] = kho.Restore(kho.FindInherited(state.B));
            parts[n++] = kho.Restore(kho.FindInherited(state.C));
            return new Trio(kho.Pages, parts);
        }
        catch (ErrnoException)
        {
            for (int i = 0; i < n - 1; i++) kho.Pages.Free(parts[i]);
            Sweep(state, kho);
            throw;
        }
    }

    void Finish(in TrioState state, RetrieveStatus status, IKho kho) { if (status.IsNotTried) Sweep(state, kho); }

    private static void Sweep(in TrioState state, IKho kho)
    {
        if (kho.TryFindInherited(state.A, out var a)) kho.RestoreFree(a);
        if (kho.TryFindInherited(state.B, out var b)) kho.RestoreFree(b);
        if (kho.TryFindInherited(state.C, out var c)) kho.RestoreFree(c);
    }
}

[LiveUpdateFileHandler("trio-errno-locals-v1")]
public sealed partial class TrioErrnoLocals
{
    bool CanPreserve(Trio file) => file.Parts.Length is 3;
    Errno Preserve(Trio file, out TrioState state, IKho kho)
    {
        state = default;
        Errno ret = Try(kho, file.Parts[0], out state.A);
        if (ret is not Errno.None) return ret;
        ret = Try(kho, file.Parts[1], out state.B);
        if (ret is Errno.None)
        {
            ret = Try(kho, file.Parts[2], out state.C);
            if (ret is Errno.None) return ret;
            Undo(kho, state.B);
        }
        Undo(kho, state.A);
        return ret == Errno.EBUSY ? Errno.EAGAIN : ret;
    }
    private static Errno Try(IKho kho, Folio folio, out PhysicalAddress address)
    {
        address = PhysicalAddress.Null;
        Errno result = Errno.None;
        try { address = kho.Preserve(folio).Address; }
        catch (ErrnoException e) { result = e.Errno; }
        return result;
    }
    private static void Undo(IKho kho, PhysicalAddress address) => kho.Unpreserve(kho.FindPreserved(address));
    void Unpreserve(in TrioState state, IKho kho) { Undo(kho, state.A); Undo(kho, state.B); Undo(kho, state.C); }
    Trio Retrieve(in TrioState state, IKho kho)
    {
        if (Take(kho, state.A) is { } a)
        {
            if (Take(kho, state.B) is { } b)
            {
                if (Take(kho, state.C) is { } c) return new Trio(kho.Pages, [a, b, c]);
                kho.Pages.Free(b);
            }
            kho.Pages.Free(a);
        }
        Clear(kho, state.A, state.B, state.C);
        throw new ErrnoException(Errno.EINVAL);
    }
    private static Folio? Take(IKho kho, PhysicalAddress at) => kho.TryFindInherited(at, out var r) ? kho.Restore(r) : null;
    private static void Clear(IKho kho, params ReadOnlySpan<PhysicalAddress> all) { foreach (var at in all) if (kho.TryFindInherited(at, out var r)) kho.RestoreFree(r); }
    void Finish(in TrioState state, RetrieveStatus status, IKho kho) { if (status.IsNotTried) Clear(kho, state.A, state.B, state.C); }
}
