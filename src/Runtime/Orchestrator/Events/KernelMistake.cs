namespace LuoHandlers.Orchestrator.Events;

/// <summary>What Linux does by mistake, and the emulated kernel with it.</summary>
public enum KernelMistake
{
    /// <summary>A refused duplicate name left an empty session block linked: if it is still there at the reboot, the next kernel panics.</summary>
    EmptySessionBlockLinked,

    /// <summary>Files of an FLB were finished, but nobody had asked for it: its count went below zero, and it is neither retrieved nor finished.</summary>
    FlbFinishedUnasked,

    /// <summary>An FLB was first asked for after files of it were finished: its count starts too high, and it is never finished.</summary>
    FlbCountLoadedLate,

    /// <summary>An FLB was linked after a file of its handler was preserved: its count goes below zero.</summary>
    FlbLinkedLate,

    /// <summary>A session was closed while a handler refused to finish: it can't be reached again before the next reboot.</summary>
    SessionStuck,

    /// <summary>A retrieved session could not be reported to user space: all of it was finished and is lost.</summary>
    SessionLostAtCopyOut,

    /// <summary>A callback returned a positive number, which LUO does not take for a failure everywhere.</summary>
    PositiveResult,

    /// <summary>Retrieve claimed success without a file: Linux would crash on the null pointer.</summary>
    RetrievedNothing,

    /// <summary>Two files of the same identity were retrieved: the first one finished makes both of them free.</summary>
    IdentityTwice,

    /// <summary>get_id named another identity when the file's was given up: the old one stays busy, the new one is free too early.</summary>
    IdentityChanged,

    /// <summary>The last step of a reboot failed after all files were frozen: they stay frozen (before 7.2).</summary>
    FrozenAfterFailedFinalization,

    /// <summary>A module that is going away hides the handlers registered after its own.</summary>
    GoingModuleHidesHandlers,
}
