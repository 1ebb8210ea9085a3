using System.Diagnostics;

namespace LuoHandlers.Emulation;

/// <summary>When the steps of a live update happened, as <see cref="Stopwatch.GetTimestamp"/> counts, which goes on over an exec.</summary>
/// <param name="Started">The freeze began.</param>
/// <param name="Frozen">All is frozen and written; the jump began.</param>
/// <param name="Arrived">The next program took over the machine.</param>
public readonly record struct KexecTimeline(long Started, long Frozen, long Arrived)
{
    /// <summary>How long freezing and writing took.</summary>
    public TimeSpan Freeze => Stopwatch.GetElapsedTime(Started, Frozen);

    /// <summary>How long it took from the jump until the next program took over the machine: the start of the program and of .NET.</summary>
    public TimeSpan Exec => Stopwatch.GetElapsedTime(Frozen, Arrived);
}
