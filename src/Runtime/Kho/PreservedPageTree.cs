using System.Runtime.InteropServices;
using LuoHandlers.Memory;

namespace LuoHandlers.Kho;

/// <summary>
/// The radix tree, in physical memory, of what this kernel preserves: tables of 512 addresses down to leaves that are bitmaps of 32768 keys.
/// The next kernel finds it through the KHO root. Not thread-safe.
/// </summary>
internal sealed class PreservedPageTree
{
    private readonly PageAllocator _pages;
    private readonly Folio _root;

    /// <summary>The leaves met so far, by the upper bits of their keys; spares the way down for neighbours.</summary>
    private readonly Dictionary<ulong, Folio> _leaves = [];

    public PreservedPageTree(PageAllocator pages)
    {
        _pages = pages;
        _root = pages.Allocate();
    }

    public PhysicalAddress Root => _root.Address;

    /// <summary>Adds a folio.</summary>
    /// <returns>False if it is there already.</returns>
    /// <exception cref="ErrnoException"><see cref="Errno.ENOMEM"/>: no page for a node.</exception>
    public bool Add(Folio folio)
    {
        ulong key = PageKey.Encode(folio);
        if (!_leaves.TryGetValue(key >> PageKey.LeafBits, out Folio leaf))
            leaf = CreateLeaf(key);
        ref ulong word = ref Word(leaf, key, out ulong bit);
        if ((word & bit) != 0)
            return false;
        word |= bit;
        return true;
    }

    /// <summary>Removes a folio; its nodes stay, as the kernel keeps them.</summary>
    /// <returns>False if it is not there.</returns>
    public bool Remove(Folio folio)
    {
        ulong key = PageKey.Encode(folio);
        if (!_leaves.TryGetValue(key >> PageKey.LeafBits, out Folio leaf))
            return false;
        ref ulong word = ref Word(leaf, key, out ulong bit);
        if ((word & bit) == 0)
            return false;
        word &= ~bit;
        return true;
    }

    public bool Contains(Folio folio)
    {
        ulong key = PageKey.Encode(folio);
        return _leaves.TryGetValue(key >> PageKey.LeafBits, out Folio leaf) && (Word(leaf, key, out ulong bit) & bit) != 0;
    }

    private Folio CreateLeaf(ulong key)
    {
        Folio node = _root;
        for (int level = PageKey.Levels - 1; level >= 1; level--)
        {
            ref ulong slot = ref Words(node)[PageKey.TableIndex(key, level)];
            if (slot == 0)
                slot = _pages.Allocate().Address.Value;
            node = new Folio(new PhysicalAddress(slot).Pfn, 0);
        }
        _leaves.Add(key >> PageKey.LeafBits, node);
        return node;
    }

    private ref ulong Word(Folio leaf, ulong key, out ulong bit)
    {
        bit = 1UL << (int)(key & 63);
        return ref Words(leaf)[(int)(key & ((1UL << PageKey.LeafBits) - 1)) >> 6];
    }

    private Span<ulong> Words(Folio node) => MemoryMarshal.Cast<byte, ulong>(_pages.GetSpan(node));
}
