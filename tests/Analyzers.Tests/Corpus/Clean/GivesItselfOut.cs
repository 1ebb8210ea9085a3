using LuoHandlers;
using LuoHandlers.Vfs;

namespace Clean.GivesItselfOut;

/// <summary>Has a private constructor, and gives out the one object of it.</summary>
public sealed class Fan : LuoFile
{
    public uint Speed { get; init; }
}

[PreservedState]
public struct FanState
{
    public uint Speed;
}

[LiveUpdateFileHandler("fan-v1")]
public sealed partial class FanHandler
{
    private FanHandler()
    {
    }

    public static FanHandler Instance { get; } = new();

    bool CanPreserve(Fan file) => file.Speed <= 100;

    void Preserve(Fan file, out FanState state) => state = new() { Speed = file.Speed };

    void Unpreserve(Fan file) { }

    Fan Retrieve(in FanState state) =>
        state.Speed <= 100 ? new Fan { Speed = state.Speed } : throw new ErrnoException(Errno.EINVAL, $"A fan can't run at {state.Speed} percent.");

    void Finish(Fan? file) { }
}
