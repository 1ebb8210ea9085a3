namespace LuoHandlers.Benchmarks.Dispatch;

/// <summary>More than the handle holds: it lies in memory of its own.</summary>
[PreservedState]
public struct PlainState
{
    public ulong Position;
    public ulong Size;
}
