using LuoHandlers.Kho;

namespace LuoHandlers.Orchestrator.Formats;

/// <summary>What the previous kernel handed over.</summary>
/// <param name="LiveUpdateNumber">How many live updates there were before.</param>
/// <param name="Sessions">The sessions; null if there are none.</param>
/// <param name="Flbs">The page of FLB entries; null if there is none.</param>
internal sealed record IncomingHandover(ulong LiveUpdateNumber, IncomingEntries? Sessions, KhoRange? Flbs);
