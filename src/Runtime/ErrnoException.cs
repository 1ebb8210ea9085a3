namespace LuoHandlers;

/// <summary>
/// A failure with the error number that Linux would give. A handler throws it from a callback to fail the callback with that number.
/// </summary>
public class ErrnoException : Exception
{
    /// <summary>Creates the exception with the error number's own description.</summary>
    /// <param name="errno">What failed; never <see cref="LuoHandlers.Errno.None"/>.</param>
    public ErrnoException(Errno errno)
        : this(errno, $"Failed with {errno} ({(int)errno}).")
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="errno">What failed; never <see cref="LuoHandlers.Errno.None"/>.</param>
    /// <param name="message">What was wrong, in which place, and what to do.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="errno"/> is not a positive number.</exception>
    public ErrnoException(Errno errno, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero((int)errno, nameof(errno));
        Errno = errno;
    }

    /// <summary>The error number, positive.</summary>
    public Errno Errno { get; }
}
