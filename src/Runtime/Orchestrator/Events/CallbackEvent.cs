namespace LuoHandlers.Orchestrator.Events;

/// <summary>A callback of a handler or an FLB returned.</summary>
/// <param name="Timestamp">When it returned.</param>
/// <param name="Callback">The kernel's name of the callback: <c>preserve</c>, <c>flb_retrieve</c>, …</param>
/// <param name="Compatible">The compatible string of the handler or FLB.</param>
/// <param name="Token">The token of the file; null for can_preserve and FLBs.</param>
/// <param name="Result">What it returned: 0 or a negative errno; 1 or 0 for can_preserve and can_finish.</param>
/// <param name="Duration">How long it took.</param>
public sealed record CallbackEvent(long Timestamp, string Callback, string Compatible, ulong? Token, int Result, TimeSpan Duration)
    : LuoEvent(Timestamp);
