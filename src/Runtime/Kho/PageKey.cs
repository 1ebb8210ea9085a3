using System.Numerics;
using LuoHandlers.Memory;

namespace LuoHandlers.Kho;

/// <summary>
/// The key of a folio in KHO's radix tree: one number for address and order. Above the page number, at the order, stands a one,
/// so that keys of different orders never meet.
/// </summary>
/// <remarks>Source: <c>include/linux/kho/abi/kexec_handover.h</c>; checked against the memory of a real 7.2.13.</remarks>
internal static class PageKey
{
    /// <summary>Key bits that the bitmap of a leaf covers.</summary>
    public const int LeafBits = Page.Shift + 3;

    /// <summary>Key bits that the table of an inner node covers.</summary>
    public const int TableBits = Page.Shift - 3;

    /// <summary>Levels of the tree, the leaf included.</summary>
    public const int Levels = ((OrderZeroBit + 1 - LeafBits + TableBits - 1) / TableBits) + 1;

    /// <summary>The largest order that is understood: 1 GiB. The allocator serves less, but inherited memory may be huge.</summary>
    public const int MaximumOrder = 30 - Page.Shift;

    private const int OrderZeroBit = 64 - Page.Shift;

    public static ulong Encode(Folio folio) => (1UL << (OrderZeroBit - folio.Order)) | (folio.Pfn.Value >> folio.Order);

    /// <summary>The folio of a key; false for a number that is no key of a possible folio.</summary>
    public static bool TryDecode(ulong key, out Folio folio)
    {
        folio = default;
        if (key == 0)
            return false;
        int marker = 63 - BitOperations.LeadingZeroCount(key);
        int order = OrderZeroBit - marker;
        if (order is < 0 or > MaximumOrder)
            return false;
        folio = new Folio(new Pfn((key ^ (1UL << marker)) << order), order);
        return true;
    }

    /// <summary>The index of a key in the table of an inner node.</summary>
    /// <param name="key">The key.</param>
    /// <param name="level">1 right above the leaves.</param>
    public static int TableIndex(ulong key, int level) =>
        (int)(key >> (LeafBits + ((level - 1) * TableBits))) & ((1 << TableBits) - 1);
}
