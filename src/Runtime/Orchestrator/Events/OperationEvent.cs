namespace LuoHandlers.Orchestrator.Events;

/// <summary>An operation of LUO ended: a session was created, retrieved or finished, a file preserved, a reboot tried.</summary>
/// <param name="Timestamp">When it ended.</param>
/// <param name="Operation">The operation: <c>create_session</c>, <c>preserve_fd</c>, <c>reboot</c>, …</param>
/// <param name="Session">The session's name; null where there is none.</param>
/// <param name="Token">The token of the file; null where there is none.</param>
/// <param name="Result">0, a negative errno, or a positive number that a callback returned.</param>
public sealed record OperationEvent(long Timestamp, string Operation, string? Session, ulong? Token, int Result) : LuoEvent(Timestamp);
