using LuoHandlers.Memory;

namespace LuoHandlers.Kho;

/// <summary>What a <see cref="KhoVmallocArray{T}"/> holds.</summary>
/// <param name="Element">The type of an element.</param>
/// <param name="ElementSize">Its size in bytes.</param>
/// <param name="Count">How many elements.</param>
internal readonly record struct KhoVmallocShape(Type Element, int ElementSize, ulong Count)
{
    /// <summary>How many pages the elements take.</summary>
    /// <param name="order">The order of a page.</param>
    /// <exception cref="ErrnoException"><see cref="Errno.EFBIG"/>: more than 2^31 bytes.</exception>
    public ulong CountPages(int order)
    {
        if (Count > (ulong)int.MaxValue / (uint)ElementSize)
            throw new ErrnoException(Errno.EFBIG, $"An array of {Count} {Element.Name} is larger than 2^31 bytes.");
        ulong bytesPerPage = (ulong)Page.Size << order;
        return ((Count * (ulong)ElementSize) + bytesPerPage - 1) / bytesPerPage;
    }
}
