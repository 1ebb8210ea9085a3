namespace LuoHandlers.Orchestrator.Events;

/// <summary>The kernel does by mistake what it is hardly meant to do; the emulated one does the same, and says so.</summary>
/// <param name="Timestamp">When.</param>
/// <param name="Mistake">Which of the known mistakes.</param>
/// <param name="Message">What happened, and what will come of it.</param>
public sealed record KernelMistakeEvent(long Timestamp, KernelMistake Mistake, string Message) : LuoEvent(Timestamp);
