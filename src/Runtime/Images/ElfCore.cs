using LuoHandlers.Memory;

namespace LuoHandlers.Images;

/// <summary>
/// The layout of an ELF64 little-endian core file of x86-64 (System V ABI, chapters 4 and 5), and the note with which it tells where the KHO root is.
/// </summary>
internal static class ElfCore
{
    public const int HeaderSize = 64;
    public const int SegmentHeaderSize = 56;
    public const int SectionHeaderSize = 64;

    public const int TypeOffset = 16;
    public const int MachineOffset = 18;
    public const int VersionOffset = 20;
    public const int SegmentTableOffset = 32;
    public const int SectionTableOffset = 40;
    public const int HeaderSizeOffset = 52;
    public const int SegmentHeaderSizeOffset = 54;
    public const int SegmentCountOffset = 56;
    public const int SectionHeaderSizeOffset = 58;
    public const int SectionCountOffset = 60;

    public const ushort CoreType = 4;
    public const ushort MachineX64 = 62;
    public const uint CurrentVersion = 1;

    /// <summary>The number of segments that says: there are more, and the first section header has their number.</summary>
    public const ushort ManySegments = 0xffff;

    /// <summary>Where a section header has that number (<c>sh_info</c>).</summary>
    public const int SectionInfoOffset = 44;

    public const int SegmentTypeOffset = 0;
    public const int SegmentFlagsOffset = 4;
    public const int SegmentFileOffset = 8;
    public const int SegmentAddressOffset = 24;
    public const int SegmentFileSizeOffset = 32;
    public const int SegmentMemorySizeOffset = 40;
    public const int SegmentAlignmentOffset = 48;

    public const uint LoadSegment = 1;
    public const uint NoteSegment = 4;
    public const uint ReadWrite = 6;

    public const int NoteHeaderSize = 12;
    public const int NoteAlignment = 4;
    public const uint RootNoteType = 1;

    /// <summary>The whole note but the address: the sizes of name and contents, the type, the name.</summary>
    public const int RootNoteSize = NoteHeaderSize + 4 + sizeof(ulong);

    /// <summary>Where in the file memory begins to be aligned as in memory itself.</summary>
    public const int MemoryAlignment = Page.Size;

    /// <summary>ELF, 64 bits, little-endian, version 1, System V.</summary>
    public static ReadOnlySpan<byte> Identification => [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1];

    public static ReadOnlySpan<byte> RootNoteName => "KHO\0"u8;
}
