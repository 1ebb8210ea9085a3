using System.Buffers.Binary;
using System.Text;
using LuoHandlers.Images;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator.Profiles;

namespace LuoHandlers.Runtime.Tests.Images;

/// <summary>Changes a valid image by physical address or by what a field means.</summary>
internal sealed class ImageEditor
{
    public const int SegmentTable = 64;
    public const int SegmentSize = 56;

    private readonly IReadOnlyList<ImageSegment> _segments;

    public ImageEditor(byte[] image)
    {
        Bytes = image;
        ElfCoreReader core = ElfCoreReader.Read(new ImageFile(new MemoryStream(image)));
        _segments = core.Segments;
        Root = core.Root!.Value.Value;
    }

    public byte[] Bytes { get; private set; }

    /// <summary>The format of the kernel that wrote the image.</summary>
    public KhoFormat Format { get; init; } = KernelProfile.Linux7_2.Kho;

    public ulong Root { get; }

    public int SegmentCount => 1 + _segments.Count;

    /// <summary>The pages that the image has.</summary>
    public IEnumerable<ulong> Pages => _segments.SelectMany(segment =>
        Enumerable.Range(0, (int)(segment.Length / Page.Size)).Select(page => segment.Address.Value + ((ulong)page * Page.Size)));

    public ulong LuoRoot => ReadRoot(root => root.FindSubtree("LUO")!.Address.Value);

    /// <summary>Where the record of preserved memory begins: the root of the tree, or the first chunk.</summary>
    public ulong TreeRoot => ReadRoot(root => root.MemoryMap.Value);

    public ulong SessionBlock => ReadMemory(LuoRoot + 16);

    public ulong FlbPage => ReadMemory(LuoRoot + 24);

    /// <summary>Where a session's entry is, by its place.</summary>
    public ulong SessionEntry(int index) => SessionBlock + 16 + ((ulong)index * 80);

    public ulong FileBlock(int session) => ReadMemory(SessionEntry(session) + 64);

    /// <summary>Where a file's entry is, by its place in a session.</summary>
    public ulong FileEntry(int session, int index) => FileBlock(session) + 16 + ((ulong)index * 64);

    public ulong MemfdState(int session, int index) => ReadMemory(FileEntry(session, index) + 48);

    public ulong Metadata => ReadRoot(root => root.FindSubtree(KexecMetadata.SubtreeName)!.Address.Value);

    /// <summary>The first page of a memfd's contents: through its state, the list of its records and the first record.</summary>
    public ulong MemfdContents(int session, int index) =>
        (ReadMemory(ReadMemory(ReadMemory(MemfdState(session, index) + 32) + 8)) & ((1UL << 52) - 1)) << Page.Shift;

    public void CopyPage(ulong from, ulong to) => Bytes.AsSpan(Offset(from), Page.Size).CopyTo(Bytes.AsSpan(Offset(to)));

    /// <summary>The file offset of an address.</summary>
    public int Offset(ulong address)
    {
        ImageSegment segment = _segments.Single(segment => segment.Address.Value <= address && address < segment.End);
        return (int)(segment.Offset + (long)(address - segment.Address.Value));
    }

    public ulong ReadMemory(ulong address) => BinaryPrimitives.ReadUInt64LittleEndian(Bytes.AsSpan(Offset(address)));

    public void WriteMemory(ulong address, ulong value) => WriteFile(Offset(address), value);

    public void WriteMemory(ulong address, string text) => Encoding.UTF8.GetBytes(text).CopyTo(Bytes, Offset(address));

    public void WriteFile(int offset, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Bytes.AsSpan(offset), value);

    /// <summary>The file offset of a field of a program header; 0 is the note.</summary>
    public static int SegmentField(int segment, int field) => SegmentTable + (segment * SegmentSize) + field;

    /// <summary>Takes the note out, as if any other tool had written the image.</summary>
    public void RemoveNote() => BinaryPrimitives.WriteUInt32LittleEndian(Bytes.AsSpan(SegmentField(0, 0)), 0);

    /// <summary>The same memory as one plain run from the first page to the last.</summary>
    public byte[] ToRaw(out ulong address)
    {
        ulong start = address = Pages.Min();
        byte[] raw = new byte[Pages.Max() + Page.Size - start];
        foreach (ulong page in Pages)
            Bytes.AsSpan(Offset(page), Page.Size).CopyTo(raw.AsSpan((int)(page - start)));
        return raw;
    }

    public MemoryStream ToStream() => new(Bytes, writable: false);

    private ulong ReadRoot(Func<KhoRoot, ulong> read) => read(KhoRoot.Read(Bytes.AsSpan(Offset(Root), Page.Size), Format));
}
