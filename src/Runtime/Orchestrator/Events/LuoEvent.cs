namespace LuoHandlers.Orchestrator.Events;

/// <summary>Something that happened in an emulated kernel. Events come in the order in which they happened, on the thread that caused them.</summary>
/// <param name="Timestamp">When, as <see cref="System.Diagnostics.Stopwatch.GetTimestamp"/> counts.</param>
public abstract record LuoEvent(long Timestamp);
