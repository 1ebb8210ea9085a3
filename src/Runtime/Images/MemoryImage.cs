using LuoHandlers.Kho;
using LuoHandlers.Memory;

namespace LuoHandlers.Images;

/// <summary>The memory of a machine, read from an image, and where in it the root of what was handed over is.</summary>
/// <param name="Memory">The memory. Who gets the image owns it.</param>
/// <param name="Present">What of the memory the image had; the rest is free.</param>
/// <param name="Root">The address of the root.</param>
internal sealed record MemoryImage(PhysicalMemory Memory, AddressRanges Present, PhysicalAddress Root)
{
    /// <summary>Reads an image.</summary>
    /// <param name="stream">Readable and seekable; not trusted.</param>
    /// <param name="options">What the image does not say itself.</param>
    /// <param name="formats">The formats that a root can have.</param>
    /// <param name="subtree">The subtree that a root is preferred for, if the root must be searched.</param>
    /// <exception cref="InvalidImageException">It is no image, or one that contradicts itself, or has no root, or several.</exception>
    /// <exception cref="ErrnoException"><see cref="Errno.ENOMEM"/>: the process has no room for the memory.</exception>
    public static MemoryImage Read(Stream stream, ImageOptions options, IReadOnlyList<KhoFormat> formats, string subtree)
    {
        if (!stream.CanRead || !stream.CanSeek)
            throw new ArgumentException("An image is read from a stream that can seek.", nameof(stream));
        var file = new ImageFile(stream);
        IReadOnlyList<ImageSegment> segments;
        PhysicalAddress? root = options.Root;
        if (options.RawBase is { } rawBase)
        {
            segments = [ReadRaw(file, rawBase)];
        }
        else
        {
            ElfCoreReader core = ElfCoreReader.Read(file);
            segments = core.Segments;
            root ??= core.Root;
        }
        if (segments.Count == 0)
            throw new InvalidImageException("the file", null, "holds no memory: it has no PT_LOAD segment with contents");

        PhysicalMemory memory = CreateMemory(segments, options.FreeMemory);
        try
        {
            var loader = new SegmentLoader(file, memory);
            loader.Load(segments);
            root ??= new RootSearch(memory, loader.Present, formats, subtree).Find(loader.TreePages);
            if (!root.Value.IsPageAligned || !loader.Present.Contains(root.Value, Page.Size))
                throw new InvalidImageException("the KHO root", null, $"should be at {root}, but the image has no such page");
            return new MemoryImage(memory, loader.Present, root.Value);
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    private static ImageSegment ReadRaw(ImageFile file, PhysicalAddress address)
    {
        if (file.Length == 0)
            throw new InvalidImageException("the file", null, "is empty");
        if ((ulong)file.Length > PhysicalMemory.MaximumEnd || address.Value > PhysicalMemory.MaximumEnd - (ulong)file.Length)
            throw new InvalidImageException("the file", null, $"has {file.Length} bytes for {address}: they end beyond 0x{PhysicalMemory.MaximumEnd:x}");
        return new ImageSegment(address, 0, file.Length, 0);
    }

    private static PhysicalMemory CreateMemory(IReadOnlyList<ImageSegment> segments, ulong freeMemory)
    {
        ulong start = segments.Min(segment => segment.Address.Value) & ~(Page.Size - 1UL);
        ulong end = Page.CountFor(segments.Max(segment => segment.End)) << Page.Shift;
        if (freeMemory % Page.Size != 0)
            throw new ArgumentException($"The free memory, {freeMemory} bytes, is no multiple of the page size, {Page.Size}.", nameof(freeMemory));
        end += Math.Min(freeMemory, PhysicalMemory.MaximumEnd - end);
        return PhysicalMemory.Create(new PhysicalAddress(start), end - start);
    }
}
