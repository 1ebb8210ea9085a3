using LuoHandlers.Orchestrator.Events;

namespace LuoHandlers.Orchestrator;

/// <summary>Decides about entries that can't be taken.</summary>
internal sealed class BadEntries(BadEntryPolicy policy, EventStream events)
{
    /// <summary>Every bad entry is a failure.</summary>
    public static BadEntries Fatal { get; } = new(BadEntryPolicy.Fail, new EventStream());

    /// <summary>Whether bad entries are left out.</summary>
    public bool AreIsolated => policy == BadEntryPolicy.Isolate;

    /// <summary>Leaves an entry out, if that is the policy.</summary>
    /// <param name="fault">What is wrong with it.</param>
    /// <param name="session">The name of its session; null if it is in none.</param>
    /// <param name="token">The token of the file; null if it is none.</param>
    /// <returns>False: the whole must fail.</returns>
    public bool TryIsolate(string fault, SessionName? session = null, ulong? token = null)
    {
        if (!AreIsolated)
            return false;
        events.BadEntry(session?.ToString(), token, fault);
        return true;
    }
}
