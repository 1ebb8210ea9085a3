namespace LuoHandlers;

/// <summary>
/// A Linux error number, as a positive value. The kernel returns it negated; <see cref="None"/> is success.
/// </summary>
/// <remarks>Only the numbers that LUO and KHO produce, and those that handlers often answer with, have names. Source: <c>include/uapi/asm-generic/errno*.h</c>.</remarks>
public enum Errno
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>Operation not permitted.</summary>
    EPERM = 1,

    /// <summary>No such session, token, handler or device.</summary>
    ENOENT = 2,

    /// <summary>Input/output error; for good, once the restore of the incoming sessions has failed.</summary>
    EIO = 5,

    /// <summary>Argument list too long, or bytes set beyond the known end of a structure.</summary>
    E2BIG = 7,

    /// <summary>The file is no program that can be executed.</summary>
    ENOEXEC = 8,

    /// <summary>Not an open file descriptor.</summary>
    EBADF = 9,

    /// <summary>Try again.</summary>
    EAGAIN = 11,

    /// <summary>Out of memory.</summary>
    ENOMEM = 12,

    /// <summary>Permission denied.</summary>
    EACCES = 13,

    /// <summary>User memory that can't be read or written.</summary>
    EFAULT = 14,

    /// <summary>In use: the device is open, the file is preserved already, or a handler refuses to finish.</summary>
    EBUSY = 16,

    /// <summary>The token, name or compatible string is taken.</summary>
    EEXIST = 17,

    /// <summary>The module of the handler or FLB is going away.</summary>
    ENODEV = 19,

    /// <summary>Invalid argument, or an operation in the wrong direction.</summary>
    EINVAL = 22,

    /// <summary>The descriptor table is full.</summary>
    EMFILE = 24,

    /// <summary>Not an ioctl of this file.</summary>
    ENOTTY = 25,

    /// <summary>The file is too large.</summary>
    EFBIG = 27,

    /// <summary>A limit of LUO is reached.</summary>
    ENOSPC = 28,

    /// <summary>A value is out of range.</summary>
    ERANGE = 34,

    /// <summary>No data: there is no incoming state, or it was finished already.</summary>
    ENODATA = 61,

    /// <summary>A value is too large for its field.</summary>
    EOVERFLOW = 75,

    /// <summary>Not supported, or live update is off.</summary>
    EOPNOTSUPP = 95,
}
