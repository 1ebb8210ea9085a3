using System.Buffers.Binary;
using LuoHandlers.Memory;

namespace LuoHandlers.Kho;

/// <summary>A chain of chunks that list the leaves, a bitmap each; it is written when all is preserved (<c>kho_finalize</c>).</summary>
internal sealed class PreservedPageChunks(PageAllocator pages) : PreservedPages(pages)
{
    private List<Folio> _chunks = [];

    public override PhysicalAddress Address => _chunks.Count == 0 ? PhysicalAddress.Null : _chunks[0].Address;

    public override bool TryComplete()
    {
        var chunks = new List<Folio>();
        // From the smallest order up, by ascending address: keys of larger orders are smaller.
        foreach (IGrouping<int, (Folio First, Folio Leaf)> order in Leaves.OrderBy(leaf => leaf.Upper).Select(Decode).GroupBy(leaf => leaf.First.Order).Reverse())
        {
            foreach ((Folio First, Folio Leaf)[] listed in order.Chunk(PageChunk.Capacity))
            {
                if (!Pages.TryAllocate(0, out Folio chunk))
                {
                    chunks.ForEach(Pages.Free);
                    return false;
                }
                Write(Pages.GetSpan(chunk), order.Key, listed);
                if (chunks.Count > 0)
                    BinaryPrimitives.WriteUInt64LittleEndian(Pages.GetSpan(chunks[^1]), chunk.Address.Value);
                chunks.Add(chunk);
            }
        }
        _chunks.ForEach(Pages.Free);
        _chunks = chunks;
        return true;
    }

    protected override Folio CreateLeaf(ulong key) => Pages.Allocate();

    private static (Folio First, Folio Leaf) Decode(Leaf leaf)
    {
        _ = PageKey.TryDecode(leaf.Upper << PageKey.LeafBits, out Folio first);
        return (first, leaf.Page);
    }

    private static void Write(Span<byte> chunk, int order, (Folio First, Folio Leaf)[] leaves)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[PageChunk.OrderOffset..], (uint)order);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[PageChunk.CountOffset..], (uint)leaves.Length);
        for (int i = 0; i < leaves.Length; i++)
        {
            Span<byte> entry = chunk[PageChunk.EntryOffset(i)..];
            BinaryPrimitives.WriteUInt64LittleEndian(entry, leaves[i].First.Address.Value);
            BinaryPrimitives.WriteUInt64LittleEndian(entry[PageChunk.BitmapOffset..], leaves[i].Leaf.Address.Value);
        }
    }
}
