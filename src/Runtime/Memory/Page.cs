namespace LuoHandlers.Memory;

/// <summary>The page size of the emulated machine: that of x86-64.</summary>
public static class Page
{
    /// <summary>The binary logarithm of <see cref="Size"/>.</summary>
    public const int Shift = 12;

    /// <summary>Bytes in a page.</summary>
    public const int Size = 1 << Shift;

    /// <summary>The largest order that the page allocator serves: 2^10 pages, 4 MiB (<c>MAX_PAGE_ORDER</c>).</summary>
    public const int MaximumOrder = 10;

    /// <summary>How many pages hold this many bytes.</summary>
    public static ulong CountFor(ulong bytes) => (bytes >> Shift) + ((bytes & (Size - 1)) == 0 ? 0UL : 1UL);

    /// <summary>The smallest order whose 2^order pages hold this many bytes, at least 1.</summary>
    public static int OrderFor(ulong bytes)
    {
        ulong pages = Math.Max(CountFor(bytes), 1);
        return 64 - System.Numerics.BitOperations.LeadingZeroCount(pages - 1);
    }
}
