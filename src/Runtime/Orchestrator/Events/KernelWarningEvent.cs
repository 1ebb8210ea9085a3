namespace LuoHandlers.Orchestrator.Events;

/// <summary>The kernel complains.</summary>
/// <param name="Timestamp">When.</param>
/// <param name="Kind">How.</param>
/// <param name="Message">What is wrong, what follows from it, and what to do.</param>
public sealed record KernelWarningEvent(long Timestamp, KernelWarningKind Kind, string Message) : LuoEvent(Timestamp);
