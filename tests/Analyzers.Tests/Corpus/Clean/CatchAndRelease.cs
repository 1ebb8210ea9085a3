using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

namespace Clean.CatchAndRelease;

/// <summary>Undoes by hand what a later step of Preserve leaves behind.</summary>
public sealed class Pair(PageAllocator pages, Folio first, Folio second) : LuoFile
{
    public Folio First => first;

    public Folio Second => second;

    protected override void Release()
    {
        pages.Free(first);
        pages.Free(second);
    }
}

[PreservedState]
public struct PairState
{
    public PhysicalAddress First;
    public PhysicalAddress Second;
}

[LiveUpdateFileHandler("pair-v1")]
public sealed partial class PairHandler
{
    bool CanPreserve(Pair file) => file.First != file.Second;

    Errno Preserve(Pair file, out PairState state, IKho kho)
    {
        state = default;
        KhoRange first = kho.Preserve(file.First);
        try
        {
            state.First = first.Address;
            state.Second = kho.Preserve(file.Second).Address;
        }
        catch (ErrnoException exception) when (exception.Errno != Errno.None)
        {
            kho.Unpreserve(first);
            return exception.Errno;
        }
        return Errno.None;
    }

    void Unpreserve(in PairState state, IKho kho)
    {
        foreach (PhysicalAddress address in new[] { state.First, state.Second })
            kho.Unpreserve(kho.FindPreserved(address));
    }

    Errno Retrieve(in PairState state, IKho kho, out Pair? file)
    {
        file = null;
        KhoRange first = kho.FindInherited(state.First);
        KhoRange second;
        try
        {
            second = kho.FindInherited(state.Second);
        }
        catch (ErrnoException exception)
        {
            kho.RestoreFree(first);
            return exception.Errno;
        }
        file = new Pair(kho.Pages, kho.Restore(first), kho.Restore(second));
        return Errno.None;
    }

    void Finish(in PairState state, RetrieveStatus status, IKho kho)
    {
        switch (status)
        {
            case { IsNotTried: true }:
                kho.RestoreFree(kho.FindInherited(state.First));
                kho.RestoreFree(kho.FindInherited(state.Second));
                break;
            default:
                break;
        }
    }
}
