namespace LuoHandlers.Uapi;

/// <summary>Memory of user space as an ioctl argument points to it: what lies beyond its bytes can't be read or written (EFAULT).</summary>
public readonly ref struct UserBuffer
{
    private readonly Span<byte> _bytes;
    private readonly bool _isWritable;

    /// <summary>Creates a buffer.</summary>
    /// <param name="bytes">All bytes that can be read.</param>
    /// <param name="isWritable">Whether they can be written, too.</param>
    public UserBuffer(Span<byte> bytes, bool isWritable = true)
    {
        _bytes = bytes;
        _isWritable = isWritable;
    }

    /// <summary>A null pointer.</summary>
    public static UserBuffer Null => default;

    internal bool TryRead(int offset, Span<byte> destination)
    {
        if (offset > _bytes.Length || destination.Length > _bytes.Length - offset)
            return false;
        _bytes.Slice(offset, destination.Length).CopyTo(destination);
        return true;
    }

    internal bool TryWrite(ReadOnlySpan<byte> source)
    {
        if (!_isWritable || source.Length > _bytes.Length)
            return false;
        source.CopyTo(_bytes);
        return true;
    }

    /// <summary>Checks that bytes are zero (<c>check_zeroed_user</c>).</summary>
    /// <returns>0, or negative E2BIG or EFAULT, whichever byte comes first.</returns>
    internal int CheckZero(int start, uint length)
    {
        ReadOnlySpan<byte> readable = start < _bytes.Length ? _bytes[start..] : default;
        bool isComplete = length <= (uint)readable.Length;
        if (isComplete)
            readable = readable[..(int)length];
        if (readable.ContainsAnyExcept((byte)0))
            return -(int)Errno.E2BIG;
        return isComplete ? 0 : -(int)Errno.EFAULT;
    }
}
