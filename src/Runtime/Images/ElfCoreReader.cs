using System.Buffers.Binary;
using LuoHandlers.Memory;

namespace LuoHandlers.Images;

/// <summary>
/// Reads the headers of a core file: which memory it has and where, and the address of the KHO root, if a note tells it. Takes what <c>qemu</c>'s
/// dump-guest-memory writes, too. As in every core file, memory beyond a segment's bytes in the file is unknown, not zero.
/// </summary>
internal sealed class ElfCoreReader
{
    /// <summary>More notes than that are no notes: those of a machine with thousands of processors take less.</summary>
    private const long MaximumNoteBytes = 16 << 20;

    private readonly ImageFile _file;
    private readonly List<ImageSegment> _segments = [];
    private long _noteBytes;

    private ElfCoreReader(ImageFile file) => _file = file;

    /// <summary>The memory that the file has, in the order of the file.</summary>
    public IReadOnlyList<ImageSegment> Segments => _segments;

    /// <summary>The address of the KHO root; null if no note tells it.</summary>
    public PhysicalAddress? Root { get; private set; }

    /// <exception cref="InvalidImageException">It is no such file, or truncated, or contradicts itself.</exception>
    public static ElfCoreReader Read(ImageFile file)
    {
        var reader = new ElfCoreReader(file);
        Span<byte> header = stackalloc byte[ElfCore.HeaderSize];
        if (file.Length < header.Length)
            throw new InvalidImageException("the ELF header", 0, $"takes {header.Length} bytes, but the file has only {file.Length}");
        file.Read(0, header, "the ELF header");
        CheckHeader(header);
        ulong table = BinaryPrimitives.ReadUInt64LittleEndian(header[ElfCore.SegmentTableOffset..]);
        long count = reader.ReadSegmentCount(header);
        if (table > (ulong)file.Length || count > (file.Length - (long)table) / ElfCore.SegmentHeaderSize)
        {
            throw new InvalidImageException(
                "e_phoff",
                ElfCore.SegmentTableOffset,
                $"puts {count} program headers at 0x{table:x}, beyond the end of the file at 0x{file.Length:x}: it is truncated, or no image");
        }
        Span<byte> segment = stackalloc byte[ElfCore.SegmentHeaderSize];
        for (long i = 0; i < count; i++)
        {
            long offset = (long)table + (i * ElfCore.SegmentHeaderSize);
            file.Read(offset, segment, "a program header");
            reader.ReadSegment(segment, offset);
        }
        return reader;
    }

    private static void CheckHeader(ReadOnlySpan<byte> header)
    {
        ReadOnlySpan<byte> identification = ElfCore.Identification;
        if (!header[..4].SequenceEqual(identification[..4]))
            throw new InvalidImageException("the ELF header", 0, "has no ELF magic; plain memory needs its base address");
        if (!header[4..identification.Length].SequenceEqual(identification[4..]))
            throw new InvalidImageException("e_ident", 4, "is not that of ELF64, little-endian, version 1");
        Expect(header, "e_type", ElfCore.TypeOffset, ElfCore.CoreType, "a core file");
        Expect(header, "e_machine", ElfCore.MachineOffset, ElfCore.MachineX64, "x86-64");
    }

    private static void Expect(ReadOnlySpan<byte> header, string field, int offset, ushort expected, string meaning)
    {
        ushort value = BinaryPrimitives.ReadUInt16LittleEndian(header[offset..]);
        if (value != expected)
            throw new InvalidImageException(field, offset, $"is {value}, not {expected}: {meaning} is needed");
    }

    private long ReadSegmentCount(ReadOnlySpan<byte> header)
    {
        ushort count = BinaryPrimitives.ReadUInt16LittleEndian(header[ElfCore.SegmentCountOffset..]);
        if (count == 0)
            throw new InvalidImageException("e_phnum", ElfCore.SegmentCountOffset, "is 0: the file holds no memory");
        Expect(header, "e_phentsize", ElfCore.SegmentHeaderSizeOffset, ElfCore.SegmentHeaderSize, "the size of a program header");
        if (count != ElfCore.ManySegments)
            return count;
        ulong section = BinaryPrimitives.ReadUInt64LittleEndian(header[ElfCore.SectionTableOffset..]);
        if (section > long.MaxValue || !_file.Contains((long)section, ElfCore.SectionHeaderSize))
            throw new InvalidImageException("e_shoff", ElfCore.SectionTableOffset, $"is 0x{section:x}, beyond the end of the file at 0x{_file.Length:x}");
        Span<byte> bytes = stackalloc byte[ElfCore.SectionHeaderSize];
        _file.Read((long)section, bytes, "the first section header");
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[ElfCore.SectionInfoOffset..]);
    }

    private void ReadSegment(ReadOnlySpan<byte> header, long headerOffset)
    {
        uint type = BinaryPrimitives.ReadUInt32LittleEndian(header[ElfCore.SegmentTypeOffset..]);
        if (type is not (ElfCore.LoadSegment or ElfCore.NoteSegment))
            return;
        ulong offset = BinaryPrimitives.ReadUInt64LittleEndian(header[ElfCore.SegmentFileOffset..]);
        ulong address = BinaryPrimitives.ReadUInt64LittleEndian(header[ElfCore.SegmentAddressOffset..]);
        ulong fileSize = BinaryPrimitives.ReadUInt64LittleEndian(header[ElfCore.SegmentFileSizeOffset..]);
        ulong memorySize = BinaryPrimitives.ReadUInt64LittleEndian(header[ElfCore.SegmentMemorySizeOffset..]);
        if (fileSize > (ulong)_file.Length || offset > (ulong)_file.Length - fileSize)
        {
            throw new InvalidImageException(
                "p_filesz",
                headerOffset + ElfCore.SegmentFileSizeOffset,
                $"puts {fileSize} bytes at 0x{offset:x}, beyond the end of the file at 0x{_file.Length:x}: it is truncated, or no image");
        }
        if (type == ElfCore.NoteSegment)
        {
            ReadNotes((long)offset, (long)fileSize, headerOffset);
            return;
        }
        if (memorySize < fileSize)
            throw new InvalidImageException("p_memsz", headerOffset + ElfCore.SegmentMemorySizeOffset, $"is {memorySize}, less than p_filesz, {fileSize}");
        if (memorySize > PhysicalMemory.MaximumEnd || address > PhysicalMemory.MaximumEnd - memorySize)
        {
            throw new InvalidImageException(
                "p_memsz",
                headerOffset + ElfCore.SegmentMemorySizeOffset,
                $"puts {memorySize} bytes at 0x{address:x}: they end beyond 0x{PhysicalMemory.MaximumEnd:x}, all that a machine can have");
        }
        if (fileSize != 0)
            _segments.Add(new ImageSegment(new PhysicalAddress(address), (long)offset, (long)fileSize, headerOffset));
    }

    private void ReadNotes(long start, long length, long headerOffset)
    {
        _noteBytes += length;
        if (_noteBytes > MaximumNoteBytes)
        {
            throw new InvalidImageException(
                "p_filesz",
                headerOffset + ElfCore.SegmentFileSizeOffset,
                $"makes {_noteBytes} bytes of notes, more than {MaximumNoteBytes}");
        }
        byte[] notes = new byte[length];
        _file.Read(start, notes, "the notes");
        for (long position = 0; length - position >= ElfCore.NoteHeaderSize;)
        {
            ReadOnlySpan<byte> note = notes.AsSpan((int)position);
            uint nameSize = BinaryPrimitives.ReadUInt32LittleEndian(note);
            uint contentSize = BinaryPrimitives.ReadUInt32LittleEndian(note[4..]);
            uint type = BinaryPrimitives.ReadUInt32LittleEndian(note[8..]);
            long content = ElfCore.NoteHeaderSize + Align(nameSize);
            if (content + contentSize > note.Length)
                throw new InvalidImageException("a note", start + position, $"of {nameSize} + {contentSize} bytes ends beyond the notes");
            if (type == ElfCore.RootNoteType && note.Slice(ElfCore.NoteHeaderSize, (int)nameSize).SequenceEqual(ElfCore.RootNoteName))
                TakeRoot(note.Slice((int)content, (int)contentSize), start + position);
            position += content + Align(contentSize);
        }
    }

    private void TakeRoot(ReadOnlySpan<byte> content, long offset)
    {
        if (content.Length != sizeof(ulong))
            throw new InvalidImageException("the KHO note", offset, $"has {content.Length} bytes, not the 8 of an address");
        var root = new PhysicalAddress(BinaryPrimitives.ReadUInt64LittleEndian(content));
        if (Root is { } other && other != root)
            throw new InvalidImageException("the KHO note", offset, $"says that the root is at {root}; another one says {other}");
        Root = root;
    }

    private static long Align(uint size) => ((long)size + ElfCore.NoteAlignment - 1) & ~(ElfCore.NoteAlignment - 1L);
}
