using System.Buffers;
using System.Buffers.Binary;
using LuoHandlers.Kho;
using LuoHandlers.Memory;

namespace LuoHandlers.Images;

/// <summary>
/// Copies the segments of an image into memory. Pages of zeros are not copied, so that they take no memory. What is copied or compared is never
/// more than the file is long, whatever its headers say.
/// </summary>
internal sealed class SegmentLoader(ImageFile file, PhysicalMemory memory)
{
    private const int ChunkSize = 1 << 20;

    private long _leftToLoad = file.Length;
    private long _leftToCompare = file.Length;

    /// <summary>What was loaded.</summary>
    public AddressRanges Present { get; } = new();

    /// <summary>The pages that begin with the magic number of a device tree.</summary>
    public List<PhysicalAddress> TreePages { get; } = [];

    /// <exception cref="InvalidImageException">Segments overlap with differing contents, or share more bytes of the file than it has.</exception>
    public void Load(IEnumerable<ImageSegment> segments)
    {
        ImageSegment last = default;
        foreach (ImageSegment segment in segments.OrderBy(segment => segment.Address.Value).ThenByDescending(segment => segment.Length))
        {
            long known = segment.Address.Value < last.End ? (long)Math.Min(last.End - segment.Address.Value, (ulong)segment.Length) : 0;
            // The same bytes of the file at the same address: a dump by virtual addresses names memory as often as it is mapped.
            bool isSame = segment.Address.Value - (ulong)segment.Offset == last.Address.Value - (ulong)last.Offset;
            if (known > 0 && !isSame)
                Compare(segment with { Length = known });
            if (known < segment.Length)
            {
                Copy(new ImageSegment(segment.Address.Add((ulong)known), segment.Offset + known, segment.Length - known, segment.HeaderOffset));
                last = segment;
            }
        }
    }

    private void Copy(ImageSegment segment)
    {
        Take(ref _leftToLoad, segment);
        ForEachPage(segment, (address, bytes) =>
        {
            if (!bytes.ContainsAnyExcept((byte)0))
                return;
            bytes.CopyTo(memory.GetSpan(address, bytes.Length));
            if (address.IsPageAligned && bytes.Length == Page.Size && BinaryPrimitives.ReadUInt32BigEndian(bytes) == FlattenedDeviceTree.Magic)
                TreePages.Add(address);
        });
        Present.Append(segment.Address, (ulong)segment.Length);
    }

    private void Compare(ImageSegment segment)
    {
        Take(ref _leftToCompare, segment);
        ForEachPage(segment, (address, bytes) =>
        {
            if (!memory.GetSpan(address, bytes.Length).SequenceEqual(bytes))
                throw new InvalidImageException("a segment", segment.HeaderOffset, $"has other contents at {address} than the segment that it overlaps there");
        });
    }

    private static void Take(ref long left, ImageSegment segment)
    {
        left -= segment.Length;
        if (left < 0)
            throw new InvalidImageException("a segment", segment.HeaderOffset, "shares its bytes with others: all segments together are longer than the file");
    }

    private void ForEachPage(ImageSegment segment, PageAction action)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(segment.Length, ChunkSize));
        try
        {
            long done = 0;
            while (done < segment.Length)
            {
                // Each chunk but the first begins with a page.
                PhysicalAddress address = segment.Address.Add((ulong)done);
                int inPage = (int)(address.Value & (Page.Size - 1));
                int length = (int)Math.Min(segment.Length - done, Math.Max((buffer.Length & -Page.Size) - inPage, Math.Min(buffer.Length, Page.Size - inPage)));
                file.Read(segment.Offset + done, buffer.AsSpan(0, length), "a segment");
                for (int offset = 0; offset < length;)
                {
                    int count = Math.Min(length - offset, Page.Size - (int)((address.Value + (ulong)offset) & (Page.Size - 1)));
                    action(address.Add((ulong)offset), buffer.AsSpan(offset, count));
                    offset += count;
                }
                done += length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private delegate void PageAction(PhysicalAddress address, ReadOnlySpan<byte> bytes);
}
