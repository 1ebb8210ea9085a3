using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

namespace Clean.ErrorFlagRollback;

// The catch notes the error and leaves the loop; what was taken is given back after it.
public sealed class Set(PageAllocator pages, List<Folio> folios) : LuoFile
{
    public IReadOnlyList<Folio> Folios => folios;
    protected override void Release() => folios.ForEach(pages.Free);
}

[PreservedState] public struct SetState { public KhoVmalloc<Pfn> Pfns; public ulong Count; }

public abstract class SetBase
{
    protected static void Release(in SetState state, IKho kho)
    {
        var pfns = KhoVmallocArray<Pfn>.FindPreserved(kho, state.Pfns, state.Count);
        for (ulong i = 0; i < pfns.Count; i++) kho.Unpreserve(kho.FindPreserved(pfns[i].Address));
        pfns.UnpreserveFree();
    }

    protected static Set Rebuild(in SetState state, IKho kho)
    {
        var array = KhoVmallocArray<Pfn>.FindInherited(kho, state.Pfns, state.Count);
        var folios = new List<Folio>();
        var set = new Set(kho.Pages, folios);
        bool ok = true;
        foreach (Pfn pfn in array.ToArray())
        {
            if (!kho.TryFindInherited(pfn.Address, out KhoRange range)) ok = false;
            else folios.Add(kho.Restore(range));
        }
        array.RestoreFree();
        if (ok) return set;
        set.Put();
        throw new ErrnoException(Errno.EINVAL, "A page is missing.");
    }

    protected static void Drop(in SetState state, IKho kho)
    {
        var array = KhoVmallocArray<Pfn>.FindInherited(kho, state.Pfns, state.Count);
        foreach (Pfn pfn in array.ToArray())
            if (kho.TryFindInherited(pfn.Address, out KhoRange range)) kho.RestoreFree(range);
        array.RestoreFree();
    }
}

[LiveUpdateFileHandler("g-set-while-v1")]
public sealed partial class SetWhile : SetBase
{
    bool CanPreserve(Set file) => true;
    Errno Preserve(Set file, out SetState state, IKho kho)
    {
        state = default;
        var array = KhoVmallocArray<Pfn>.AllocatePreserved(kho, (ulong)file.Folios.Count);
        Errno error = Errno.None;
        int done = 0;
        while (done < file.Folios.Count && error == Errno.None)
        {
            error = TryOne(kho, file.Folios[done]);
            if (error == Errno.None)
            {
                array[(ulong)done] = file.Folios[done].Pfn;
                done++;
            }
        }
        if (error != Errno.None)
        {
            while (--done >= 0)
                kho.Unpreserve(kho.FindPreserved(array[(ulong)done].Address));
            array.UnpreserveFree();
            return error;
        }
        state = new() { Pfns = array.Descriptor, Count = array.Count };
        return error;
    }
    static Errno TryOne(IKho kho, Folio folio)
    {
        try { kho.Preserve(folio); }
        catch (ErrnoException e) { return e.Errno; }
        return Errno.None;
    }
    void Unpreserve(in SetState state, IKho kho) => Release(state, kho);
    Set Retrieve(in SetState state, IKho kho) => Rebuild(state, kho);
    void Finish(in SetState state, RetrieveStatus status, IKho kho) { if (status.IsNotTried) Drop(state, kho); }
}

[LiveUpdateFileHandler("g-set-outer-try-v1")]
public sealed partial class SetOuterTry : SetBase
{
    bool CanPreserve(Set file) => true;
    void Preserve(Set file, out SetState state, IKho kho)
    {
        var undo = new Stack<Action>();
        try
        {
            var array = KhoVmallocArray<Pfn>.AllocatePreserved(kho, (ulong)file.Folios.Count);
            undo.Push(array.UnpreserveFree);
            for (int i = 0; i < file.Folios.Count; i++)
            {
                KhoRange range = kho.Preserve(file.Folios[i]);
                undo.Push(() => kho.Unpreserve(range));
                array[(ulong)i] = range.Folio.Pfn;
            }
            state = new() { Pfns = array.Descriptor, Count = array.Count };
            undo.Clear();
        }
        finally
        {
            foreach (Action action in undo) action();
        }
    }
    void Unpreserve(in SetState state, IKho kho) => Release(state, kho);
    Set Retrieve(in SetState state, IKho kho) => Rebuild(state, kho);
    void Finish(in SetState state, RetrieveStatus status, IKho kho) { if (status.IsNotTried) Drop(state, kho); }
}

[LiveUpdateFileHandler("g-set-error-flag-v1")]
public sealed partial class SetErrorFlag : SetBase
{
    bool CanPreserve(Set file) => file.Folios.Count > 0;
    Errno Preserve(Set file, out SetState state, IKho kho)
    {
        state = default;
        var taken = new List<KhoRange>();
        Errno failure = Errno.None;
        foreach (Folio folio in file.Folios)
        {
            try
            {
                taken.Add(kho.Preserve(folio));
            }
            catch (ErrnoException e)
            {
                failure = e.Errno;
                break;
            }
        }
        if (failure == Errno.None)
        {
            try
            {
                var array = KhoVmallocArray<Pfn>.AllocatePreserved(kho, (ulong)taken.Count);
                for (int i = 0; i < taken.Count; i++) array[(ulong)i] = taken[i].Folio.Pfn;
                state = new() { Pfns = array.Descriptor, Count = array.Count };
            }
            catch (ErrnoException e)
            {
                failure = e.Errno;
            }
        }
        if (failure != Errno.None)
            foreach (KhoRange range in taken)
                kho.Unpreserve(range);
        return failure;
    }
    void Unpreserve(in SetState state, IKho kho) => Release(state, kho);
    Set Retrieve(in SetState state, IKho kho) => Rebuild(state, kho);
    void Finish(in SetState state, RetrieveStatus status, IKho kho) { if (status.IsNotTried) Drop(state, kho); }
}

[LiveUpdateFileHandler("g-set-lambda-v1")]
public sealed partial class SetLambda : SetBase
{
    bool CanPreserve(Set file) => true;
    void Preserve(Set file, out SetState state, IKho kho)
    {
        using var transaction = new Transaction();
        var array = KhoVmallocArray<Pfn>.AllocatePreserved(kho, (ulong)file.Folios.Count);
        transaction.Add(array.UnpreserveFree);
        ulong i = 0;
        foreach (var folio in file.Folios)
        {
            var range = kho.Preserve(folio);
            transaction.Add(() => kho.Unpreserve(range));
            array[i++] = folio.Pfn;
        }
        transaction.Complete();
        state = new() { Pfns = array.Descriptor, Count = array.Count };
    }
    void Unpreserve(in SetState state, IKho kho) => Release(state, kho);
    Set Retrieve(in SetState state, IKho kho) => Rebuild(state, kho);
    void Finish(in SetState state, RetrieveStatus status, IKho kho) { if (status.IsNotTried) Drop(state, kho); }
}

internal sealed class Transaction : IDisposable
{
    private readonly List<Action> _undo = [];
    private bool _complete;
    public void Add(Action undo) => _undo.Add(undo);
    public void Complete() => _complete = true;
    public void Dispose()
    {
        if (_complete) return;
        for (int i = _undo.Count - 1; i >= 0; i--) _undo[i]();
    }
}
