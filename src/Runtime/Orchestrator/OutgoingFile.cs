namespace LuoHandlers.Orchestrator;

/// <summary>A file that this kernel will hand over.</summary>
/// <param name="Session">The name of its session.</param>
/// <param name="Token">Its token.</param>
/// <param name="Handler">Its handler.</param>
internal sealed record OutgoingFile(SessionName Session, ulong Token, RegisteredHandler Handler);
