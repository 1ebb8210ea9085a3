namespace LuoHandlers.Orchestrator.Formats;

/// <summary>What a kernel will hand over.</summary>
internal abstract class OutgoingHandover
{
    /// <summary>Where the sessions are written at the reboot.</summary>
    public abstract EntryStore Sessions { get; }

    /// <summary>Says where the sessions are, when all of them are written.</summary>
    public abstract void CommitSessions();

    /// <summary>Takes back what was committed: the jump did not happen.</summary>
    public abstract void CancelCommit();

    /// <summary>Writes the FLBs.</summary>
    public abstract void WriteFlbs(IReadOnlyList<FlbEntry> flbs);
}
