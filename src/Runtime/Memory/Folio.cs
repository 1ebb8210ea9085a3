namespace LuoHandlers.Memory;

/// <summary>2^order pages of physical memory, aligned to their size, that are allocated, preserved and freed as one.</summary>
/// <param name="Pfn">The first page; a multiple of 2^<paramref name="Order"/>.</param>
/// <param name="Order">The binary logarithm of the number of pages.</param>
public readonly record struct Folio(Pfn Pfn, int Order)
{
    /// <summary>The address of the first byte.</summary>
    public PhysicalAddress Address => Pfn.Address;

    /// <summary>The number of pages.</summary>
    public int PageCount => 1 << Order;

    /// <summary>The size in bytes.</summary>
    public int ByteCount => Page.Size << Order;

    /// <summary>Whether the pages can be a folio at all: the first one is a multiple of their number.</summary>
    internal bool IsAligned => Order is >= 0 and < 64 - Page.Shift && (Pfn.Value & ((1UL << Order) - 1)) == 0;

    /// <inheritdoc/>
    public override string ToString() => $"{Address} (order {Order})";
}
