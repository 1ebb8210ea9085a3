using System.Buffers.Binary;
using LuoHandlers.Kho;
using LuoHandlers.Memory;

namespace LuoHandlers.Images;

/// <summary>
/// Writes a core file of what a kernel handed over: the root, the record of preserved pages and the pages themselves, by ascending address, and the
/// note that tells where the root is. The same memory gives the same bytes.
/// </summary>
internal sealed class ElfCoreWriter
{
    private readonly PhysicalMemory _memory;
    private readonly PhysicalAddress _root;
    private readonly (PhysicalAddress Start, ulong Length)[] _ranges;
    private readonly int _noteOffset;

    public ElfCoreWriter(PhysicalMemory memory, HandedOverMemory handover)
    {
        _memory = memory;
        _root = handover.RootAddress;
        var ranges = new AddressRanges();
        IEnumerable<(PhysicalAddress Start, ulong Length)> pages = handover.Ranges.Select(range => (range.Address, (ulong)range.ByteCount))
            .Concat(handover.RecordPages.Append(_root).Select(page => (page, (ulong)Page.Size)));
        foreach ((PhysicalAddress start, ulong length) in pages.OrderBy(page => page.Start))
            ranges.Append(start, length);
        _ranges = [.. ranges.All];
        _noteOffset = ElfCore.HeaderSize + (SegmentCount * ElfCore.SegmentHeaderSize) + (HasSectionHeader ? ElfCore.SectionHeaderSize : 0);
    }

    /// <summary>The note, then the memory.</summary>
    private int SegmentCount => 1 + _ranges.Length;

    private bool HasSectionHeader => SegmentCount >= ElfCore.ManySegments;

    public void Write(Stream stream)
    {
        Span<byte> header = stackalloc byte[ElfCore.HeaderSize];
        WriteHeader(header);
        stream.Write(header);

        long offset = AlignToMemory(_noteOffset + ElfCore.RootNoteSize);
        long written = offset;
        WriteSegment(stream, ElfCore.NoteSegment, 0, _noteOffset, PhysicalAddress.Null, ElfCore.RootNoteSize, ElfCore.NoteAlignment);
        foreach ((PhysicalAddress start, ulong length) in _ranges)
        {
            WriteSegment(stream, ElfCore.LoadSegment, ElfCore.ReadWrite, offset, start, length, ElfCore.MemoryAlignment);
            offset += (long)length;
        }
        if (HasSectionHeader)
        {
            Span<byte> section = stackalloc byte[ElfCore.SectionHeaderSize];
            section.Clear();
            BinaryPrimitives.WriteUInt32LittleEndian(section[ElfCore.SectionInfoOffset..], (uint)SegmentCount);
            stream.Write(section);
        }
        WriteNote(stream);
        stream.Write(new byte[written - _noteOffset - ElfCore.RootNoteSize]);
        foreach ((PhysicalAddress start, ulong length) in _ranges)
            WriteMemory(stream, start, length);
    }

    private static long AlignToMemory(long offset) => (offset + ElfCore.MemoryAlignment - 1) & -ElfCore.MemoryAlignment;

    private void WriteHeader(Span<byte> header)
    {
        header.Clear();
        ElfCore.Identification.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header[ElfCore.TypeOffset..], ElfCore.CoreType);
        BinaryPrimitives.WriteUInt16LittleEndian(header[ElfCore.MachineOffset..], ElfCore.MachineX64);
        BinaryPrimitives.WriteUInt32LittleEndian(header[ElfCore.VersionOffset..], ElfCore.CurrentVersion);
        BinaryPrimitives.WriteUInt64LittleEndian(header[ElfCore.SegmentTableOffset..], ElfCore.HeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(header[ElfCore.HeaderSizeOffset..], ElfCore.HeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(header[ElfCore.SegmentHeaderSizeOffset..], ElfCore.SegmentHeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(header[ElfCore.SegmentCountOffset..], (ushort)Math.Min(SegmentCount, ElfCore.ManySegments));
        if (!HasSectionHeader)
            return;
        BinaryPrimitives.WriteUInt64LittleEndian(header[ElfCore.SectionTableOffset..], (ulong)(_noteOffset - ElfCore.SectionHeaderSize));
        BinaryPrimitives.WriteUInt16LittleEndian(header[ElfCore.SectionHeaderSizeOffset..], ElfCore.SectionHeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(header[ElfCore.SectionCountOffset..], 1);
    }

    private static void WriteSegment(Stream stream, uint type, uint flags, long offset, PhysicalAddress address, ulong length, ulong alignment)
    {
        Span<byte> header = stackalloc byte[ElfCore.SegmentHeaderSize];
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header[ElfCore.SegmentTypeOffset..], type);
        BinaryPrimitives.WriteUInt32LittleEndian(header[ElfCore.SegmentFlagsOffset..], flags);
        BinaryPrimitives.WriteUInt64LittleEndian(header[ElfCore.SegmentFileOffset..], (ulong)offset);
        BinaryPrimitives.WriteUInt64LittleEndian(header[ElfCore.SegmentAddressOffset..], address.Value);
        BinaryPrimitives.WriteUInt64LittleEndian(header[ElfCore.SegmentFileSizeOffset..], length);
        BinaryPrimitives.WriteUInt64LittleEndian(header[ElfCore.SegmentMemorySizeOffset..], length);
        BinaryPrimitives.WriteUInt64LittleEndian(header[ElfCore.SegmentAlignmentOffset..], alignment);
        stream.Write(header);
    }

    private void WriteNote(Stream stream)
    {
        Span<byte> note = stackalloc byte[ElfCore.RootNoteSize];
        BinaryPrimitives.WriteUInt32LittleEndian(note, (uint)ElfCore.RootNoteName.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(note[4..], sizeof(ulong));
        BinaryPrimitives.WriteUInt32LittleEndian(note[8..], ElfCore.RootNoteType);
        ElfCore.RootNoteName.CopyTo(note[ElfCore.NoteHeaderSize..]);
        BinaryPrimitives.WriteUInt64LittleEndian(note[(ElfCore.NoteHeaderSize + ElfCore.RootNoteName.Length)..], _root.Value);
        stream.Write(note);
    }

    private void WriteMemory(Stream stream, PhysicalAddress start, ulong length)
    {
        const int Chunk = 1 << 20;
        for (ulong done = 0; done < length; done += Chunk)
            stream.Write(_memory.GetSpan(start.Add(done), (int)Math.Min(length - done, Chunk)));
    }
}
