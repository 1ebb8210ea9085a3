using LuoHandlers.Memory;
using LuoHandlers.Vfs;

namespace MyBuffer;

/// <summary>A page of memory, and how much of it is written.</summary>
public sealed class MyBufferFile(PageAllocator pages, Folio page) : LuoFile
{
    /// <summary>The page.</summary>
    public Folio Page => page;

    /// <summary>How many bytes are written, from the page's beginning.</summary>
    public int Length { get; private set; }

    /// <summary>What is written.</summary>
    public ReadOnlySpan<byte> Contents => pages.GetSpan(page)[..Length];

    /// <summary>Makes an empty one.</summary>
    public static MyBufferFile Create(PageAllocator pages) => new(pages, pages.Allocate());

    /// <summary>Writes behind what is written already.</summary>
    /// <returns>Whether there was room.</returns>
    public bool TryAppend(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.TryCopyTo(pages.GetSpan(page)[Length..]))
            return false;
        Length += bytes.Length;
        return true;
    }

    /// <summary>Says how much of a page that came back is written.</summary>
    internal MyBufferFile WithLength(int length)
    {
        Length = length;
        return this;
    }

    /// <inheritdoc/>
    protected override void Release() => pages.Free(page);
}
