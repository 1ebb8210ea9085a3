using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator.Events;
using LuoHandlers.Orchestrator.Profiles;

namespace LuoHandlers.Orchestrator;

/// <summary>What the parts of one kernel's orchestrator share; no <c>Tokens</c> where they are unique in each session only.</summary>
internal sealed record OrchestratorContext(
    KernelProfile Profile,
    KexecHandover Kho,
    FaultInjection Faults,
    EventStream Events,
    CallbackInvoker Callbacks,
    HandlerRegistry Handlers,
    FlbSet Flbs,
    FileIdentities Identities,
    BadEntries BadEntries,
    TokenSet? Tokens);
