using LuoHandlers.Vfs;

namespace LuoHandlers.History;

/// <summary>An open <c>/dev/liveupdate</c> of the series before the merge: a session.</summary>
internal sealed class PreMergeDevice(PreMergeOrchestrator orchestrator, PreMergeSession session) : LuoFile
{
    public PreMergeOrchestrator Orchestrator { get; } = orchestrator;

    public PreMergeSession Session { get; } = session;

    protected override void Release() => Orchestrator.CloseSession(Session);
}
