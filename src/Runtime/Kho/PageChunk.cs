using LuoHandlers.Memory;

namespace LuoHandlers.Kho;

/// <summary>
/// The layout of a chunk, one page: u64 address of the next chunk, 0 in the last; u32 order of all that it lists; u32 number of entries; then entries of
/// 16 bytes, u64 address of the first folio of a bitmap and u64 address of the bitmap, a page. A bit stands for a folio of the order.
/// </summary>
/// <remarks>Source: <c>kernel/liveupdate/kexec_handover.c</c> of Linux 6.19, <c>struct khoser_mem_chunk</c>.</remarks>
internal static class PageChunk
{
    public const int OrderOffset = 8;
    public const int CountOffset = 12;

    /// <summary>Where an entry has the address of the bitmap.</summary>
    public const int BitmapOffset = 8;

    /// <summary>How many entries there are room for.</summary>
    public const int Capacity = (Page.Size - HeaderSize) / EntrySize;

    private const int HeaderSize = 16;
    private const int EntrySize = 16;

    public static int EntryOffset(int index) => HeaderSize + (index * EntrySize);
}
