namespace LuoHandlers.History;

/// <summary>What moves the whole machine from one <see cref="PreMergeState"/> to another.</summary>
public enum PreMergeEvent
{
    /// <summary>From normal to prepared.</summary>
    Prepare = 0,

    /// <summary>From prepared to frozen.</summary>
    Freeze = 1,

    /// <summary>From updated to normal.</summary>
    Finish = 2,

    /// <summary>From prepared or frozen back to normal.</summary>
    Cancel = 3,
}
