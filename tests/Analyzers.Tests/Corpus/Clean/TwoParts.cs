using LuoHandlers;
using LuoHandlers.Vfs;

namespace Clean.TwoParts;

/// <summary>In two parts, with a state of properties.</summary>
public sealed class Timer : LuoFile
{
    public ulong Due { get; set; }

    public ulong Period { get; set; }
}

[PreservedState]
public struct TimerState
{
    public ulong Due { get; set; }

    public ulong Period { get; set; }

    public readonly bool IsPeriodic => Period != 0;
}

[LiveUpdateFileHandler("timer-v1")]
public sealed partial class TimerHandler
{
    public bool CanPreserve(Timer file) => file.Due != 0;

    public void Preserve(Timer file, out TimerState state) => state = new() { Due = file.Due, Period = file.Period };

    public void Unpreserve(Timer file) { }

    public void Freeze(Timer file, ref TimerState state)
    {
        state.Due = file.Due;
        state.Period = file.Period;
    }
}

partial class TimerHandler
{
    public Timer Retrieve(in TimerState state) => new() { Due = state.Due, Period = state.IsPeriodic ? state.Period : 0 };

    public void Finish(Timer? file) { }
}
