namespace LuoHandlers.Orchestrator.Formats;

/// <summary>How a run of memory is divided into entries.</summary>
/// <param name="ByteCount">The size of the memory.</param>
/// <param name="EntrySize">The size of an entry.</param>
/// <param name="HasCount">Whether a u64 with the number of entries comes first.</param>
internal sealed record EntryArrayLayout(int ByteCount, int EntrySize, bool HasCount)
{
    /// <summary>How many entries fit.</summary>
    public int Capacity => (ByteCount - HeaderSize) / EntrySize;

    private int HeaderSize => HasCount ? sizeof(ulong) : 0;

    public int GetOffset(int index) => HeaderSize + (index * EntrySize);
}
