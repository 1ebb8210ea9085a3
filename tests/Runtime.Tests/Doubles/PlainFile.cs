using LuoHandlers.Vfs;

namespace LuoHandlers.Runtime.Tests.Doubles;

/// <summary>A file with a number in it, that counts how often it was released.</summary>
internal sealed class PlainFile(ulong value = 0) : LuoFile
{
    private int _releaseCount;

    public ulong Value { get; set; } = value;

    public int ReleaseCount => Volatile.Read(ref _releaseCount);

    /// <summary>What the release does besides counting.</summary>
    public Action? Releasing { get; init; }

    protected override void Release()
    {
        Interlocked.Increment(ref _releaseCount);
        Releasing?.Invoke();
    }
}
