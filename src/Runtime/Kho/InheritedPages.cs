using System.Numerics;
using LuoHandlers.Memory;

namespace LuoHandlers.Kho;

/// <summary>
/// What the previous kernel preserved and this one has neither restored nor freed. Read from the record in physical memory, whose pages
/// are then free: they are not preserved themselves. Not thread-safe.
/// </summary>
internal sealed class InheritedPages
{
    private const int WordsPerLeaf = Page.Size / sizeof(ulong);

    /// <summary>The bitmaps of the leaves, by the upper bits of their keys.</summary>
    private readonly Dictionary<ulong, Leaf> _leaves = [];

    /// <summary>Adds a bitmap of keys.</summary>
    /// <param name="upper">The upper bits of the keys; they are of one possible order.</param>
    /// <param name="words">The bitmap, which is copied.</param>
    /// <returns>False: there is one for these keys.</returns>
    public bool AddLeaf(ulong upper, ReadOnlySpan<ulong> words) => _leaves.TryAdd(upper, new Leaf(upper, words[..WordsPerLeaf].ToArray()));

    /// <summary>All folios, by ascending key: huge ones first, then by address.</summary>
    public IEnumerable<Folio> Enumerate()
    {
        Leaf[] leaves = [.. _leaves.Values];
        Array.Sort(leaves, static (left, right) => left.Upper.CompareTo(right.Upper));
        foreach (Leaf leaf in leaves)
        {
            for (int i = 0; i < leaf.Words.Length; i++)
            {
                for (ulong word = leaf.Words[i]; word != 0; word &= word - 1)
                {
                    ulong key = (leaf.Upper << PageKey.LeafBits) | ((ulong)i << 6) | (uint)BitOperations.TrailingZeroCount(word);
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
        return _leaves.TryGetValue(key >> PageKey.LeafBits, out Leaf? leaf) && (Word(leaf.Words, key, out ulong bit) & bit) != 0;
    }

    /// <summary>Takes a folio out.</summary>
    /// <returns>False if it is not there.</returns>
    public bool Remove(Folio folio)
    {
        ulong key = PageKey.Encode(folio);
        if (!_leaves.TryGetValue(key >> PageKey.LeafBits, out Leaf? leaf))
            return false;
        ref ulong word = ref Word(leaf.Words, key, out ulong bit);
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

    private sealed record Leaf(ulong Upper, ulong[] Words);
}
