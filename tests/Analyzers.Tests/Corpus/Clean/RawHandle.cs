using System;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

namespace Clean.RawHandle;

/// <summary>Manages its memory by itself: the handle is the address of a block.</summary>
public sealed class Blob : LuoFile
{
    public byte[] Bytes { get; set; } = [];
}

[LiveUpdateFileHandler("blob-v3")]
public sealed partial class BlobHandler
{
    private const int BlockSize = 4096;

    bool CanPreserve(Blob file) => file.Bytes.Length == BlockSize;

    void Preserve(Blob file, out ulong serializedData, IKho kho)
    {
        using var scope = new PreservationScope(kho);
        KhoRange block = scope.AllocatePreserved(BlockSize);
        file.Bytes.CopyTo(kho.GetSpan(block));
        serializedData = block.Address.Value;
        scope.Commit();
    }

    void Unpreserve(ulong serializedData, IKho kho) => kho.UnpreserveFree(kho.FindPreserved(new PhysicalAddress(serializedData)));

    Blob Retrieve(ulong serializedData, IKho kho)
    {
        KhoRange block = kho.FindInherited(new PhysicalAddress(serializedData));
        try
        {
            return new Blob { Bytes = kho.GetSpan(block).ToArray() };
        }
        finally
        {
            kho.RestoreFree(block);
        }
    }

    void Finish(ulong serializedData, RetrieveStatus status, IKho kho)
    {
        if (status.IsNotTried && kho.TryFindInherited(new PhysicalAddress(serializedData), out KhoRange block))
            kho.RestoreFree(block);
    }
}
