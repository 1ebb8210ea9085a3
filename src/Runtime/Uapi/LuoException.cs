namespace LuoHandlers.Uapi;

/// <summary>An operation on <c>/dev/liveupdate</c> or one of its sessions failed.</summary>
/// <param name="operation">The operation, as a person would name it, with session and token.</param>
/// <param name="errno">What failed.</param>
/// <param name="reason">What that means for this operation, and what to do.</param>
public sealed class LuoException(string operation, Errno errno, string reason) : ErrnoException(errno, $"{operation} failed with {errno}: {reason}")
{
    /// <summary>The operation, as a person would name it.</summary>
    public string Operation { get; } = operation;
}
