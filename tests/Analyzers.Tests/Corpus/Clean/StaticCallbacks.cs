using LuoHandlers;
using LuoHandlers.Vfs;

namespace Clean.StaticCallbacks;

/// <summary>Needs no object: every callback is static.</summary>
public sealed class Clock : LuoFile
{
    public long Nanoseconds;
}

[PreservedState]
public struct ClockState
{
    public long Nanoseconds;
}

[LiveUpdateFileHandler("clock-v1")]
public sealed partial class ClockHandler
{
    private static bool CanPreserve(Clock file) => file.Nanoseconds >= 0;

    private static void Preserve(Clock file, out ClockState state) => state = new() { Nanoseconds = file.Nanoseconds };

    private static void Unpreserve() { }

    private static void Freeze(Clock file, ref ClockState state) => state.Nanoseconds = file.Nanoseconds;

    private static Clock Retrieve(in ClockState state) => new() { Nanoseconds = state.Nanoseconds };

    private static void Finish() { }
}
