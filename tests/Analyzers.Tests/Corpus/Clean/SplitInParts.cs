using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

namespace Clean.SplitInParts;

/// <summary>A handler in two parts, as one in two files.</summary>
public sealed class Ring(PageAllocator pages, Folio page) : LuoFile
{
    public Folio Page => page;

    public uint Head { get; set; }

    protected override void Release() => pages.Free(page);
}

[PreservedState]
public struct RingState
{
    public PhysicalAddress Page;
    public uint Head;
    public uint Reserved;
}

[LiveUpdateFileHandler("split-ring-v1")]
public sealed partial class RingHandler
{
    private bool CanPreserve(Ring file) => !file.IsReleased();

    private void Preserve(Ring file, IKho kho, out RingState state)
    {
        KhoRange range = kho.Preserve(file.Page);
        state = new RingState { Page = range.Address, Head = file.Head };
    }

    private void Unpreserve(in RingState state, IKho kho) => Release(kho, state.Page);

    private void Freeze(Ring file, ref RingState state) => state.Head = file.Head;
}

public sealed partial class RingHandler
{
    private const uint Size = 64;

    private Ring Retrieve(in RingState state, IKho kho)
    {
        if (state is not { Head: < Size, Reserved: 0 })
        {
            kho.RestoreFree(kho.FindInherited(state.Page));
            throw new ErrnoException(Errno.EINVAL, "The ring is damaged.");
        }
        return new Ring(kho.Pages, kho.Restore(kho.FindInherited(state.Page))) { Head = state.Head };
    }

    private void Finish(in RingState state, RetrieveStatus status, IKho kho)
    {
        if (!status.IsNotTried)
            return;
        kho.RestoreFree(kho.FindInherited(state.Page));
    }

    private static void Release(IKho kho, PhysicalAddress page) => kho.Unpreserve(kho.FindPreserved(page));
}

internal static class RingExtensions
{
    public static bool IsReleased(this Ring ring) => ring.Head == uint.MaxValue;
}
