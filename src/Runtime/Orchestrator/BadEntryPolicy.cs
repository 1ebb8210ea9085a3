namespace LuoHandlers.Orchestrator;

/// <summary>What a kernel does about an entry of what was handed over that it can't take.</summary>
public enum BadEntryPolicy
{
    /// <summary>What Linux does: one bad entry ends all of it, by a panic at boot or by EIO at the first open of the device.</summary>
    Fail,

    /// <summary>
    /// Only the bad entry is left out, and reported as a <see cref="Events.BadEntryEvent"/>; all good sessions and files are kept. No Linux does
    /// this; reviewers of LUO asked for it.
    /// </summary>
    Isolate,
}
