using LuoHandlers.Vfs;

namespace LuoHandlers.Uapi;

/// <summary>A file that takes ioctls.</summary>
internal abstract class IoctlFile : LuoFile
{
    /// <summary>The part of a request that numbers it among the requests of one type.</summary>
    private const uint NumberMask = 0xff;

    /// <summary>Runs an ioctl.</summary>
    /// <returns>What user space sees: 0, a negative errno, or a positive number that a callback returned.</returns>
    public int Ioctl(uint request, UserBuffer user)
    {
        // The number alone decides whether there is such an operation; only then the rest of the request is compared.
        if (GetArgumentSize(request & NumberMask) is not { } known)
            return -(int)Errno.EINVAL;
        if (!IoctlArgument.TryReadSize(user, out uint userSize))
            return -(int)Errno.EFAULT;
        if (request != (LiveUpdateIoctl.CreateSession | (request & NumberMask)))
            return -(int)Errno.ENOTTY;
        int result = CheckDirection(request);
        if (result != 0)
            return result;
        Span<byte> buffer = stackalloc byte[known];
        result = IoctlArgument.CopyIn(user, userSize, buffer, out IoctlArgument argument);
        return result != 0 ? result : Run(request, argument);
    }

    /// <summary>The size of the structure of an operation; null if this file has no operation of that number.</summary>
    protected abstract int? GetArgumentSize(uint number);

    /// <summary>Whether the operation fits this file: 0 or a negative errno.</summary>
    protected virtual int CheckDirection(uint request) => 0;

    /// <summary>Runs an operation and copies its result out.</summary>
    protected abstract int Run(uint request, IoctlArgument argument);
}
