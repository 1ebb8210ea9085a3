using System.Numerics;
using System.Runtime.InteropServices;
using LuoHandlers.Memory;

namespace LuoHandlers.Kho;

/// <summary>
/// What the previous kernel preserved and this one has neither restored nor freed. Read from the radix tree in physical memory, whose nodes
/// are then free: they are not preserved themselves. Not thread-safe.
/// </summary>
internal sealed class InheritedPages
{
    private const int WordsPerLeaf = Page.Size / sizeof(ulong);

    /// <summary>The bitmaps of the leaves, by the upper bits of their keys.</summary>
    private readonly Dictionary<ulong, ulong[]> _leaves = [];
    private readonly HashSet<PhysicalAddress> _nodes = [];

    /// <summary>Reads the tree of the previous kernel.</summary>
    /// <param name="memory">The memory that it is in.</param>
    /// <param name="present">What of the memory is known; null: all of it.</param>
    /// <param name="root">The address of its root node; not trusted.</param>
    /// <exception cref="InvalidHandoverException">A node is outside of memory or met twice, or a key is not that of a possible folio.</exception>
    public static InheritedPages Read(PhysicalMemory memory, AddressRanges? present, PhysicalAddress root)
    {
        var pages = new InheritedPages();
        pages.ReadNode(memory, present, root, PageKey.Levels - 1, 0);
        return pages;
    }

    /// <summary>The pages of the tree itself.</summary>
    public IReadOnlyCollection<PhysicalAddress> Nodes => _nodes;

    /// <summary>All folios, by ascending key: huge ones first, then by address.</summary>
    public IEnumerable<Folio> Enumerate()
    {
        foreach ((ulong upper, ulong[] words) in _leaves.OrderBy(leaf => leaf.Key))
        {
            for (int i = 0; i < words.Length; i++)
            {
                for (ulong word = words[i]; word != 0; word &= word - 1)
                {
                    ulong key = (upper << PageKey.LeafBits) | ((ulong)i << 6) | (uint)BitOperations.TrailingZeroCount(word);
                    PageKey.TryDecode(key, out Folio folio);
                    yield return folio;
                }
            }
        }
    }

    /// <summary>The folio that starts at an address.</summary>
    public bool TryFind(PhysicalAddress address, out Folio folio)
    {
        for (int order = 0; order <= PageKey.MaximumOrder; order++)
        {
            if ((address.Pfn.Value & ((1UL << order) - 1)) != 0)
                break;
            folio = new Folio(address.Pfn, order);
            if (Contains(folio))
                return address.IsPageAligned;
        }
        folio = default;
        return false;
    }

    public bool Contains(Folio folio)
    {
        ulong key = PageKey.Encode(folio);
        return _leaves.TryGetValue(key >> PageKey.LeafBits, out ulong[]? words) && (Word(words, key, out ulong bit) & bit) != 0;
    }

    /// <summary>Takes a folio out.</summary>
    /// <returns>False if it is not there.</returns>
    public bool Remove(Folio folio)
    {
        ulong key = PageKey.Encode(folio);
        if (!_leaves.TryGetValue(key >> PageKey.LeafBits, out ulong[]? words))
            return false;
        ref ulong word = ref Word(words, key, out ulong bit);
        if ((word & bit) == 0)
            return false;
        word &= ~bit;
        return true;
    }

    private static ref ulong Word(ulong[] words, ulong key, out ulong bit)
    {
        bit = 1UL << (int)(key & 63);
        return ref words[(int)(key & ((1UL << PageKey.LeafBits) - 1)) >> 6];
    }

    private void ReadNode(PhysicalMemory memory, AddressRanges? present, PhysicalAddress address, int level, ulong prefix)
    {
        if (!address.IsPageAligned || !memory.Contains(address, Page.Size))
            throw new InvalidHandoverException(address, $"a node of the preserved-page tree (level {level})", "is not a page of memory");
        if (present?.Contains(address, Page.Size) == false)
            throw new InvalidHandoverException(address, $"a node of the preserved-page tree (level {level})", "is missing in the image");
        // A node that is its own descendant would make the way down endless, one that is shared would make it explode.
        if (!_nodes.Add(address))
            throw new InvalidHandoverException(address, $"a node of the preserved-page tree (level {level})", "is used twice");
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(memory.GetSpan(address, Page.Size));
        if (level == 0)
        {
            ReadLeaf(address, prefix, words);
            return;
        }
        for (int i = 0; i < words.Length; i++)
        {
            if (words[i] != 0)
                ReadNode(memory, present, new PhysicalAddress(words[i]), level - 1, (prefix << PageKey.TableBits) | (uint)i);
        }
    }

    private void ReadLeaf(PhysicalAddress address, ulong upper, ReadOnlySpan<ulong> words)
    {
        if (!words.ContainsAnyExcept(0UL))
            return;
        // The upper bits decide the order of all keys of a leaf; only the leaf of the smallest keys could mix orders.
        if (upper >> (64 - PageKey.LeafBits) != 0 || !PageKey.TryDecode(upper << PageKey.LeafBits, out _))
            throw new InvalidHandoverException(address, "a leaf of the preserved-page tree", $"holds keys of no possible order (upper bits 0x{upper:x})");
        ulong[] copy = words[..WordsPerLeaf].ToArray();
        _leaves.Add(upper, copy);
    }
}
