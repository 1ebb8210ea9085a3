using System.Diagnostics;
using LuoHandlers.Emulation;

namespace Quiet.Library;

/// <summary>Uses the emulated machine, and has no handler.</summary>
public static class Clock
{
    public static TimeSpan MeasureBoot()
    {
        long started = Stopwatch.GetTimestamp();
        using Machine machine = Machine.Create();
        machine.Boot();
        return Stopwatch.GetElapsedTime(started);
    }
}
