using LuoHandlers.Memory;

namespace LuoHandlers.Kho;

/// <summary>How a kernel records which memory it preserves.</summary>
internal abstract class MemoryMapFormat
{
    /// <summary>Chunks that list bitmaps: Linux 6.19 and 7.0.</summary>
    public static MemoryMapFormat Chunks { get; } = new ChunkMapFormat();

    /// <summary>A radix tree: Linux 7.2.</summary>
    public static MemoryMapFormat Tree { get; } = new TreeMapFormat();

    /// <summary>The format in a few words.</summary>
    public abstract string Description { get; }

    /// <summary>Begins the record of a kernel.</summary>
    public abstract PreservedPages CreateOutgoing(PageAllocator pages);

    /// <summary>Reads the record of the previous kernel.</summary>
    /// <param name="reader">Where from, and where to.</param>
    /// <param name="map">The address that the KHO root has; not trusted.</param>
    /// <exception cref="InvalidHandoverException">An address is not that of a page of its own, or what is there is no such record.</exception>
    public abstract void Read(MemoryMapReader reader, PhysicalAddress map);

    /// <summary>Whether a bitmap has no bit set.</summary>
    protected static bool IsEmpty(ReadOnlySpan<ulong> words)
    {
        // The vectors of the library's own search take a millisecond to compile, more than all pages take to look at.
        foreach (ulong word in words)
        {
            if (word != 0)
                return false;
        }
        return true;
    }
}
