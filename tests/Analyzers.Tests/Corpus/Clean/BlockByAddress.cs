using System;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

namespace Clean.BlockByAddress;

/// <summary>A block of its own, named by its address.</summary>
public sealed class Page : LuoFile
{
    public byte[] Bytes { get; set; } = new byte[4096];
}

[PreservedState]
public struct PageState
{
    public PhysicalAddress Block;
    public ulong Length;
}

[LiveUpdateFileHandler("page-v1")]
public sealed partial class PageHandler
{
    private const ulong MaximumLength = 4096;

    bool CanPreserve(Page file) => file.Bytes.Length == 4096;

    void Preserve(Page file, out PageState state, IKho kho)
    {
        using var scope = new PreservationScope(kho);
        KhoRange block = scope.AllocatePreserved(file.Bytes.Length);
        file.Bytes.CopyTo(kho.GetSpan(block));
        state = new PageState { Block = block.Address, Length = (ulong)file.Bytes.Length };
        scope.Commit();
    }

    void Unpreserve(in PageState state, IKho kho) => kho.UnpreserveFree(kho.FindPreserved(state.Block));

    Page Retrieve(in PageState state, IKho kho)
    {
        KhoRange block = kho.FindInherited(state.Block);
        try
        {
            if (state.Length != MaximumLength)
                throw new ErrnoException(Errno.EINVAL, $"The handed-over page has {state.Length} bytes instead of {MaximumLength}.");
            return new Page { Bytes = kho.GetSpan(block)[..(int)MaximumLength].ToArray() };
        }
        finally
        {
            kho.RestoreFree(block);
        }
    }

    void Finish(in PageState state, RetrieveStatus status, IKho kho)
    {
        if (status.IsNotTried && kho.TryFindInherited(state.Block, out KhoRange block))
            kho.RestoreFree(block);
    }
}
