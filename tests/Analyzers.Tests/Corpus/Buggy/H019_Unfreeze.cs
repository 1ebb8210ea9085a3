// H019: Unfreeze gives up what the next freeze and unpreserve look for.
#nullable enable
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

public sealed class Meter(ulong value) : LuoFile
{
    public ulong Value { get; set; } = value;
}

[LiveUpdateFileHandler("meter-v1")]
public sealed partial class MeterHandler
{
    bool CanPreserve(Meter file) => true;

    void Preserve(Meter file, out ulong serializedData, IKho kho)
    {
        KhoRange page = kho.AllocatePreserved(8);
        BinaryPrimitives.WriteUInt64LittleEndian(kho.GetSpan(page), file.Value);
        serializedData = page.Address.Value;
    }

    void Freeze(Meter file, ref ulong serializedData, IKho kho)
    {
        KhoRange last = kho.AllocatePreserved(8);
        BinaryPrimitives.WriteUInt64LittleEndian(kho.GetSpan(last), file.Value);
        kho.UnpreserveFree(kho.FindPreserved(new PhysicalAddress(serializedData)));
        serializedData = last.Address.Value;
    }

    void Unfreeze(Meter file, ulong serializedData, IKho kho)
    {
        // The copy of freeze is not needed any more.
        {|LUO4019:kho.UnpreserveFree(kho.FindPreserved(new PhysicalAddress(serializedData)))|};
    }

    void Unpreserve(Meter file, ulong serializedData, IKho kho) =>
        kho.UnpreserveFree(kho.FindPreserved(new PhysicalAddress(serializedData)));

    Meter Retrieve(ulong serializedData, IKho kho)
    {
        KhoRange page = kho.FindInherited(new PhysicalAddress(serializedData));
        ulong value = BinaryPrimitives.ReadUInt64LittleEndian(kho.GetSpan(page));
        kho.RestoreFree(page);
        return new Meter(value);
    }

    void Finish(Meter? file, ulong serializedData, RetrieveStatus status, IKho kho)
    {
        if (status.IsNotTried)
            kho.RestoreFree(kho.FindInherited(new PhysicalAddress(serializedData)));
    }
}
