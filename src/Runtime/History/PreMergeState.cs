namespace LuoHandlers.History;

/// <summary>Where the whole machine is in a live update.</summary>
public enum PreMergeState
{
    /// <summary>There is no live update in this kernel.</summary>
    Undefined = 0,

    /// <summary>No live update is under way.</summary>
    Normal = 1,

    /// <summary>All files have saved their state, and are still in use.</summary>
    Prepared = 2,

    /// <summary>All states are final: the reboot is next.</summary>
    Frozen = 3,

    /// <summary>This kernel took over from another one; finish has not been sent yet.</summary>
    Updated = 4,
}
