using System.Runtime.InteropServices;
using LuoHandlers.Memory;

namespace LuoHandlers.Kho;

/// <summary>
/// The record, in physical memory, of what this kernel preserves. Its leaves are bitmaps of 32768 keys; how the next kernel finds them, through the KHO
/// root, is a matter of the format. Not thread-safe.
/// </summary>
internal abstract class PreservedPages(PageAllocator pages)
{
    /// <summary>The leaves, by the upper bits of their keys.</summary>
    private readonly Dictionary<ulong, Leaf> _leaves = [];

    /// <summary>The orders of the folios that there are or were: a bit for each.</summary>
    private uint _orders;

    /// <summary>What the next kernel starts from; null address while there is nothing that it could read.</summary>
    public abstract PhysicalAddress Address { get; }

    protected PageAllocator Pages => pages;

    /// <summary>The leaves, in no order.</summary>
    protected IReadOnlyCollection<Leaf> Leaves => _leaves.Values;

    /// <summary>Adds a folio.</summary>
    /// <returns>False if it is there already.</returns>
    /// <exception cref="ErrnoException"><see cref="Errno.ENOMEM"/>: no page for a node.</exception>
    public bool Add(Folio folio)
    {
        ulong key = PageKey.Encode(folio);
        if (!_leaves.TryGetValue(key >> PageKey.LeafBits, out Leaf? leaf))
            _leaves.Add(key >> PageKey.LeafBits, leaf = new Leaf(key >> PageKey.LeafBits, CreateLeaf(key)));
        ref ulong word = ref Word(leaf.Page, key, out ulong bit);
        if ((word & bit) != 0)
            return false;
        word |= bit;
        _orders |= 1U << folio.Order;
        return true;
    }

    /// <summary>Removes a folio; its leaf stays, as the kernel keeps it.</summary>
    /// <returns>False if it is not there.</returns>
    public bool Remove(Folio folio)
    {
        ulong key = PageKey.Encode(folio);
        if (!_leaves.TryGetValue(key >> PageKey.LeafBits, out Leaf? leaf))
            return false;
        ref ulong word = ref Word(leaf.Page, key, out ulong bit);
        if ((word & bit) == 0)
            return false;
        word &= ~bit;
        return true;
    }

    public bool Contains(Folio folio)
    {
        ulong key = PageKey.Encode(folio);
        return _leaves.TryGetValue(key >> PageKey.LeafBits, out Leaf? leaf) && (Word(leaf.Page, key, out ulong bit) & bit) != 0;
    }

    /// <summary>Whether any page of a folio is preserved, be it as part of a larger folio or of a smaller one.</summary>
    public bool Overlaps(Folio folio)
    {
        for (int order = folio.Order; order <= PageKey.MaximumOrder; order++)
        {
            if (HasOrder(order) && Contains(new Folio(new Pfn(folio.Pfn.Value & ~((1UL << order) - 1)), order)))
                return true;
        }
        for (int order = folio.Order - 1; order >= 0; order--)
        {
            if (!HasOrder(order))
                continue;
            ulong first = PageKey.Encode(new Folio(folio.Pfn, order));
            // Keys of one order that lie in one folio are neighbours, and few enough to be in one leaf, or in a few whole ones.
            if (ContainsAny(first, first + (1UL << (folio.Order - order))))
                return true;
        }
        return false;
    }

    /// <summary>Makes all of it readable for the next kernel, where it is not all the time.</summary>
    /// <returns>False: no memory; then all is as before.</returns>
    public virtual bool TryComplete() => true;

    /// <summary>Makes the leaf of a key.</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.ENOMEM"/>: no page.</exception>
    protected abstract Folio CreateLeaf(ulong key);

    private bool HasOrder(int order) => (_orders & (1U << order)) != 0;

    private bool ContainsAny(ulong firstKey, ulong endKey)
    {
        for (ulong key = firstKey; key < endKey;)
        {
            ulong next = Math.Min(endKey, ((key >> PageKey.LeafBits) + 1) << PageKey.LeafBits);
            if (_leaves.TryGetValue(key >> PageKey.LeafBits, out Leaf? leaf))
            {
                for (ulong each = key; each < next; each++)
                {
                    if ((Word(leaf.Page, each, out ulong bit) & bit) != 0)
                        return true;
                }
            }
            key = next;
        }
        return false;
    }

    private ref ulong Word(Folio leaf, ulong key, out ulong bit)
    {
        bit = 1UL << (int)(key & 63);
        return ref Words(leaf)[(int)(key & ((1UL << PageKey.LeafBits) - 1)) >> 6];
    }

    protected Span<ulong> Words(Folio node) => MemoryMarshal.Cast<byte, ulong>(pages.GetSpan(node));

    /// <summary>A bitmap of keys.</summary>
    /// <param name="Upper">The upper bits of the keys.</param>
    /// <param name="Page">The page that it lies in.</param>
    protected sealed record Leaf(ulong Upper, Folio Page);
}
