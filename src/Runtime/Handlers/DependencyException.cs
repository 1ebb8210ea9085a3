namespace LuoHandlers.Handlers;

/// <summary>A file that another one depends on is not there, or is not what it should be.</summary>
/// <param name="errno">The errno with which the callback fails if the exception is not caught.</param>
/// <param name="fileType">The type of file that was asked for.</param>
/// <param name="token">The token that was asked for; null in Preserve, which asks for a file.</param>
/// <param name="message">What is wrong, and what to do.</param>
public sealed class DependencyException(Errno errno, Type fileType, ulong? token, string message) : ErrnoException(errno, message)
{
    /// <summary>The type of file that was asked for.</summary>
    public Type FileType { get; } = fileType;

    /// <summary>The token that was asked for; null in Preserve, which asks for a file.</summary>
    public ulong? Token { get; } = token;
}
