namespace LuoHandlers.Images;

/// <summary>The bytes of an image, read by offset; what is beyond their end is told by the field that reaches there.</summary>
internal sealed class ImageFile(Stream stream)
{
    public long Length { get; } = stream.Length;

    public void Read(long offset, Span<byte> bytes, string field)
    {
        if (!Contains(offset, bytes.Length))
            throw Truncated(field, offset, bytes.Length);
        stream.Position = offset;
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw Truncated(field, offset, bytes.Length);
    }

    public bool Contains(long offset, long length) => offset >= 0 && length >= 0 && offset <= Length && length <= Length - offset;

    private InvalidImageException Truncated(string field, long offset, long length) =>
        new(field, offset, $"takes {length} bytes, but the file ends at 0x{Length:x}: it is truncated, or no image");
}
