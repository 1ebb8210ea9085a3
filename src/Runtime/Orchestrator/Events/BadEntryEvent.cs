namespace LuoHandlers.Orchestrator.Events;

/// <summary>
/// An entry of what was handed over can't be taken, and was left out; Linux would fail with it as a whole
/// (<see cref="BadEntryPolicy.Isolate"/>).
/// </summary>
/// <param name="Timestamp">When.</param>
/// <param name="Session">The name of the session that it is, or is in; null if it is in none.</param>
/// <param name="Token">The token of the file; null if it is none.</param>
/// <param name="Message">What is wrong, and where.</param>
public sealed record BadEntryEvent(long Timestamp, string? Session, ulong? Token, string Message) : LuoEvent(Timestamp);
