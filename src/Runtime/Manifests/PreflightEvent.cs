using LuoHandlers.Orchestrator.Events;

namespace LuoHandlers.Manifests;

/// <summary>Before a live update it was looked up whether the next program can take all that is preserved.</summary>
/// <param name="Timestamp">When.</param>
/// <param name="Report">What came out.</param>
public sealed record PreflightEvent(long Timestamp, PreflightReport Report) : LuoEvent(Timestamp);
