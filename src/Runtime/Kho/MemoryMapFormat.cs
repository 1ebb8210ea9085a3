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
}
