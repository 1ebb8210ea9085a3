namespace LuoHandlers.Orchestrator.Profiles;

/// <summary>What an incoming file that can't be restored, for lack of a handler or of memory, does.</summary>
public enum FileRestoreErrorPolicy
{
    /// <summary>Nothing: the session has the files before it, and the open succeeds.</summary>
    Ignored,

    /// <summary>The restore ends there, and the device can't be opened (EIO) until the next reboot.</summary>
    Final,

    /// <summary>As <see cref="Final"/>, and the session loses its files.</summary>
    FinalAndCleaned,
}
