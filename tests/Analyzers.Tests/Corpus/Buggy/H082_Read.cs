// H082: finish frees what the record names, and forgets the record.
#nullable enable
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

public sealed class Album(PageAllocator pages, Folio cover) : LuoFile { public Folio Cover => cover; protected override void Release() => pages.Free(cover); }

[LiveUpdateFileHandler("album-v1")]
public sealed partial class AlbumHandler
{
    bool CanPreserve(Album file) => true;

    void Preserve(Album file, out ulong serializedData, IKho kho)
    {
        using var scope = new PreservationScope(kho);
        KhoRange record = scope.AllocatePreserved(8);
        BinaryPrimitives.WriteUInt64LittleEndian(kho.GetSpan(record), scope.Preserve(file.Cover).Address.Value);
        scope.Commit();
        serializedData = record.Address.Value;
    }

    void Unpreserve(Album file, ulong serializedData, IKho kho)
    {
        KhoRange record = kho.FindPreserved(new PhysicalAddress(serializedData));
        kho.Unpreserve(kho.FindPreserved(ReadCover(record, kho)));
        kho.UnpreserveFree(record);
    }

    Album Retrieve(ulong serializedData, IKho kho)
    {
        KhoRange record = kho.FindInherited(new PhysicalAddress(serializedData));
        PhysicalAddress cover = ReadCover(record, kho);
        kho.RestoreFree(record);
        return new Album(kho.Pages, kho.Restore(kho.FindInherited(cover)));
    }

    void Finish(Album? file, ulong serializedData, RetrieveStatus status, IKho kho)
    {
        if (!status.IsNotTried)
            return;
        KhoRange record = {|LUO4007:kho.FindInherited(new PhysicalAddress(serializedData))|};
        if (kho.TryFindInherited(ReadCover(record, kho), out KhoRange cover))
            kho.RestoreFree(cover);
    }

    private static PhysicalAddress ReadCover(KhoRange record, IKho kho) => new(BinaryPrimitives.ReadUInt64LittleEndian(kho.GetSpan(record)));
}
