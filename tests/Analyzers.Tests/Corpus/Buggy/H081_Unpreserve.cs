// H081: unpreserve frees the page, and leaves it preserved.
#nullable enable
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

public sealed class Pad(uint colour) : LuoFile { public uint Colour => colour; }

[PreservedState]
public struct PadState { public PhysicalAddress Record; }

[LiveUpdateFileHandler("pad-v1")]
public sealed partial class PadHandler
{
    bool CanPreserve(Pad file) => true;

    void Preserve(Pad file, out PadState state, IKho kho)
    {
        KhoRange record = kho.AllocatePreserved(4);
        BinaryPrimitives.WriteUInt32LittleEndian(kho.GetSpan(record), file.Colour);
        state.Record = record.Address;
    }

    void Unpreserve(Pad file, in PadState state, IKho kho)
    {
        Folio record = kho.FindPreserved(state.Record).Folio;
        {|LUO4001:kho.Pages.Free(record)|};
    }

    Pad Retrieve(in PadState state, IKho kho)
    {
        KhoRange record = kho.FindInherited(state.Record);
        uint colour = BinaryPrimitives.ReadUInt32LittleEndian(kho.GetSpan(record));
        kho.RestoreFree(record);
        return new Pad(colour);
    }

    void Finish(Pad? file, in PadState state, RetrieveStatus status, IKho kho)
    {
        if (status.IsNotTried)
            kho.RestoreFree(kho.FindInherited(state.Record));
    }
}
