using System.Buffers.Binary;
using System.Runtime.InteropServices;
using LuoHandlers.Memory;

namespace LuoHandlers.Kho;

/// <summary>A chain of chunks by <see cref="PageChunk"/>.</summary>
internal sealed class ChunkMapFormat : MemoryMapFormat
{
    public override string Description => "chunks that list bitmaps, written by kho_finalize";

    public override PreservedPages CreateOutgoing(PageAllocator pages) => new PreservedPageChunks(pages);

    public override void Read(MemoryMapReader reader, PhysicalAddress map)
    {
        for (PhysicalAddress address = map; !address.IsNull;)
        {
            // A chain that comes back to one of its chunks ends here: no page is read twice.
            ReadOnlySpan<byte> chunk = reader.ReadPage(address, "a chunk of the list of preserved memory");
            uint order = BinaryPrimitives.ReadUInt32LittleEndian(chunk[PageChunk.OrderOffset..]);
            uint count = BinaryPrimitives.ReadUInt32LittleEndian(chunk[PageChunk.CountOffset..]);
            if (order > PageKey.MaximumOrder)
                throw Invalid(address, $"is of order {order}, where {PageKey.MaximumOrder} is the largest");
            if (count > PageChunk.Capacity)
                throw Invalid(address, $"counts {count} bitmaps, where {PageChunk.Capacity} are possible");
            for (int i = 0; i < (int)count; i++)
                ReadEntry(reader, address, (int)order, chunk[PageChunk.EntryOffset(i)..]);
            address = new PhysicalAddress(BinaryPrimitives.ReadUInt64LittleEndian(chunk));
        }
    }

    private static void ReadEntry(MemoryMapReader reader, PhysicalAddress chunk, int order, ReadOnlySpan<byte> entry)
    {
        var start = new PhysicalAddress(BinaryPrimitives.ReadUInt64LittleEndian(entry));
        var bitmap = new PhysicalAddress(BinaryPrimitives.ReadUInt64LittleEndian(entry[PageChunk.BitmapOffset..]));
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(reader.ReadPage(bitmap, "a bitmap of preserved memory"));
        ulong key = PageKey.Encode(new Folio(start.Pfn, order));
        if (!PageKey.TryDecode(key, out Folio first) || first.Address != start || key % (1UL << PageKey.LeafBits) != 0)
            throw Invalid(chunk, $"has a bitmap for {start} on, where none of order {order} can begin");
        if (!IsEmpty(words) && !reader.Pages.AddLeaf(key >> PageKey.LeafBits, words))
            throw Invalid(chunk, $"has a second bitmap of order {order} for {start} on");
    }

    private static InvalidHandoverException Invalid(PhysicalAddress chunk, string fault) => new(chunk, "a chunk of the list of preserved memory", fault);
}
