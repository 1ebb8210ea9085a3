using System.Buffers.Binary;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

namespace LuoHandlers.Runtime.Tests.Images;

/// <summary>Preserves a memfd of one page as Linux 6.19 does: 40 bytes, without seals. It only hands over.</summary>
internal sealed class OldMemfdHandler : ILiveUpdateFileHandler
{
    public ReadOnlySpan<byte> Compatible => "memfd-v1"u8;

    public FileHandlerCallbacks Callbacks => FileHandlerCallbacks.Required;

    public bool CanPreserve(LuoFile file) => file is Memfd;

    public int Preserve(ref LiveUpdateFileOpArgs args)
    {
        var memfd = (Memfd)args.File!;
        memfd.FreezeMapping();
        (ulong index, Folio folio) = memfd.GetFolios().Single();
        args.Kho.Preserve(folio);
        var records = KhoVmallocArray<UInt128>.AllocatePreserved(args.Kho, 1);
        records[0] = new UInt128(index, folio.Pfn.Value | (3UL << 52));
        KhoRange range = args.Kho.AllocatePreserved(40);
        Span<byte> state = args.Kho.GetSpan(range);
        BinaryPrimitives.WriteUInt64LittleEndian(state, (ulong)memfd.Position);
        BinaryPrimitives.WriteUInt64LittleEndian(state[8..], (ulong)memfd.Size);
        BinaryPrimitives.WriteUInt64LittleEndian(state[16..], 1);
        BinaryPrimitives.WriteUInt64LittleEndian(state[24..], records.Descriptor.First.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(state[32..], records.Descriptor.TotalPages);
        BinaryPrimitives.WriteUInt16LittleEndian(state[36..], records.Descriptor.Flags);
        args.SerializedData = range.Address.Value;
        return 0;
    }

    public void Unpreserve(ref LiveUpdateFileOpArgs args) => throw new NotSupportedException();

    public int Retrieve(ref LiveUpdateFileOpArgs args) => throw new NotSupportedException();

    public void Finish(ref LiveUpdateFileOpArgs args) => throw new NotSupportedException();
}
