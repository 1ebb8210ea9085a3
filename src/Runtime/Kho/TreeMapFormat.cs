using System.Runtime.InteropServices;
using LuoHandlers.Memory;

namespace LuoHandlers.Kho;

/// <summary>A radix tree of keys, by <see cref="PageKey"/>.</summary>
internal sealed class TreeMapFormat : MemoryMapFormat
{
    public override string Description => "a radix tree";

    public override PreservedPages CreateOutgoing(PageAllocator pages) => new PreservedPageTree(pages);

    public override void Read(MemoryMapReader reader, PhysicalAddress map) => ReadNode(reader, map, PageKey.Levels - 1, 0);

    private static void ReadNode(MemoryMapReader reader, PhysicalAddress address, int level, ulong prefix)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(reader.ReadPage(address, $"a node of the preserved-page tree (level {level})"));
        if (level == 0)
        {
            ReadLeaf(reader, address, prefix, words);
            return;
        }
        for (int i = 0; i < words.Length; i++)
        {
            if (words[i] != 0)
                ReadNode(reader, new PhysicalAddress(words[i]), level - 1, (prefix << PageKey.TableBits) | (uint)i);
        }
    }

    private static void ReadLeaf(MemoryMapReader reader, PhysicalAddress address, ulong upper, ReadOnlySpan<ulong> words)
    {
        if (IsEmpty(words))
            return;
        // The upper bits decide the order of all keys of a leaf; only the leaf of the smallest keys could mix orders.
        if (upper >> (64 - PageKey.LeafBits) != 0 || !PageKey.TryDecode(upper << PageKey.LeafBits, out _))
            throw new InvalidHandoverException(address, "a leaf of the preserved-page tree", $"holds keys of no possible order (upper bits 0x{upper:x})");
        reader.Pages.AddLeaf(upper, words);
    }
}
