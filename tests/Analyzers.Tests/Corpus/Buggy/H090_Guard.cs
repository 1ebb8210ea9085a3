// H090: the record is read in retrieve and never freed.
#nullable enable
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

public sealed class Event(ulong count) : LuoFile { public ulong Count => count; }

[LiveUpdateFileHandler("event-v1")]
public sealed partial class EventHandler2
{
    bool CanPreserve(Event file) => true;

    void Preserve(Event file, out ulong serializedData, IKho kho)
    {
        KhoRange record = kho.AllocatePreserved(sizeof(ulong));
        BinaryPrimitives.WriteUInt64LittleEndian(kho.GetSpan(record), file.Count);
        serializedData = record.Address.Value;
    }

    void Unpreserve(Event file, ulong serializedData, IKho kho) => kho.UnpreserveFree(kho.FindPreserved(new PhysicalAddress(serializedData)));

    Event Retrieve(ulong serializedData, IKho kho)
    {
        KhoRange record = {|LUO4007:kho.FindInherited(new PhysicalAddress(serializedData))|};
        return new Event(BinaryPrimitives.ReadUInt64LittleEndian(kho.GetSpan(record)));
    }

    void Finish(Event? file, ulong serializedData, RetrieveStatus status, IKho kho)
    {
        if (status.IsRetrieved || status.IsFailed)
            return;
        kho.RestoreFree(kho.FindInherited(new PhysicalAddress(serializedData)));
    }
}
