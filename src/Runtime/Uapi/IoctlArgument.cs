using System.Buffers.Binary;

namespace LuoHandlers.Uapi;

/// <summary>
/// The kernel's copy of an ioctl structure, and the rules by which it is copied in and out (<c>copy_struct_from_user</c>): a structure may be
/// longer than the kernel knows it, if what it does not know is zero.
/// </summary>
internal readonly ref struct IoctlArgument
{
    private readonly UserBuffer _user;

    private IoctlArgument(UserBuffer user, Span<byte> bytes)
    {
        _user = user;
        Bytes = bytes;
    }

    /// <summary>The structure as far as the kernel knows it.</summary>
    public Span<byte> Bytes { get; }

    public int Descriptor
    {
        get => BinaryPrimitives.ReadInt32LittleEndian(Bytes[LiveUpdateIoctl.DescriptorOffset..]);
        set => BinaryPrimitives.WriteInt32LittleEndian(Bytes[LiveUpdateIoctl.DescriptorOffset..], value);
    }

    public uint Reserved => BinaryPrimitives.ReadUInt32LittleEndian(Bytes[LiveUpdateIoctl.ReservedOffset..]);

    public ulong Token => BinaryPrimitives.ReadUInt64LittleEndian(Bytes[LiveUpdateIoctl.TokenOffset..]);

    public Span<byte> Name => Bytes[LiveUpdateIoctl.NameOffset..];

    /// <summary>Reads the size that user space gives its structure.</summary>
    public static bool TryReadSize(UserBuffer user, out uint size)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        bool isReadable = user.TryRead(LiveUpdateIoctl.SizeOffset, bytes);
        size = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        return isReadable;
    }

    /// <summary>Copies a structure in.</summary>
    /// <param name="user">Where it is.</param>
    /// <param name="userSize">The size that user space gives it.</param>
    /// <param name="buffer">For the copy, of the size that the kernel knows: also the least that is taken.</param>
    /// <param name="argument">The copy.</param>
    /// <returns>0, or negative EINVAL, E2BIG, EFAULT.</returns>
    public static int CopyIn(UserBuffer user, uint userSize, Span<byte> buffer, out IoctlArgument argument)
    {
        argument = new IoctlArgument(user, buffer);
        if (userSize < (uint)buffer.Length)
            return -(int)Errno.EINVAL;
        if (userSize > (uint)buffer.Length)
        {
            int result = user.CheckZero(buffer.Length, userSize - (uint)buffer.Length);
            if (result != 0)
                return result;
        }
        return user.TryRead(0, buffer) ? 0 : -(int)Errno.EFAULT;
    }

    /// <summary>Copies the structure out.</summary>
    /// <returns>0 or negative EFAULT.</returns>
    public int CopyOut() => _user.TryWrite(Bytes) ? 0 : -(int)Errno.EFAULT;
}
