using System.Buffers.Binary;
using LuoHandlers.Kho;
using LuoHandlers.Memory;

namespace LuoHandlers.Orchestrator.Formats;

/// <summary>
/// The page of FLB entries: u64 number of pages, always 1, and u64 number of entries; then the entries
/// (<c>include/linux/kho/abi/luo.h</c>, <c>struct luo_flb_header_ser</c>).
/// </summary>
internal static class FlbPage
{
    public const int HeaderSize = 16;

    /// <summary>How many entries fit; the most FLBs that can be registered.</summary>
    public const int Capacity = (Page.Size - HeaderSize) / FlbEntry.Size;

    private const int CountOffset = 8;

    public static void WriteHeader(Span<byte> page, int count)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(page, 1);
        BinaryPrimitives.WriteUInt64LittleEndian(page[CountOffset..], (ulong)count);
    }

    /// <summary>The number of entries as it stands in the header; not checked.</summary>
    public static ulong ReadCount(ReadOnlySpan<byte> page) => BinaryPrimitives.ReadUInt64LittleEndian(page[CountOffset..]);

    public static void Write(Span<byte> page, IReadOnlyList<FlbEntry> entries)
    {
        page.Clear();
        WriteHeader(page, entries.Count);
        for (int i = 0; i < entries.Count; i++)
            entries[i].Write(Entry(page, i));
    }

    private static Span<byte> Entry(Span<byte> page, int index) => page.Slice(HeaderSize + (index * FlbEntry.Size), FlbEntry.Size);

    /// <summary>The entry of a name; false if there is none. A count beyond the page is not believed.</summary>
    public static bool TryFind(KexecHandover kho, KhoRange range, CompatibleString name, out FlbEntry entry)
    {
        Span<byte> page = kho.GetSpan(range);
        ulong count = Math.Min(ReadCount(page), Capacity);
        for (int i = 0; i < (int)count; i++)
        {
            entry = FlbEntry.Read(Entry(page, i));
            if (entry.Compatible == name)
                return true;
        }
        entry = default;
        return false;
    }

    /// <summary>All entries; a count beyond the page is not believed.</summary>
    public static IReadOnlyList<FlbEntry> ReadAll(IInheritedMemory memory, KhoRange range)
    {
        Span<byte> page = memory.GetSpan(range);
        ulong count = Math.Min(ReadCount(page), Capacity);
        var entries = new FlbEntry[count];
        for (int i = 0; i < entries.Length; i++)
            entries[i] = FlbEntry.Read(Entry(page, i));
        return entries;
    }
}
