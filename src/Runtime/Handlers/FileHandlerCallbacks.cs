namespace LuoHandlers.Handlers;

/// <summary>The callbacks that a file handler has: which function pointers of <c>struct liveupdate_file_ops</c> are not null.</summary>
[Flags]
public enum FileHandlerCallbacks
{
    /// <summary>No callback.</summary>
    None = 0,

    /// <summary>Says whether a file is of the handler's type.</summary>
    CanPreserve = 1 << 0,

    /// <summary>Saves a file's state into memory that survives.</summary>
    Preserve = 1 << 1,

    /// <summary>Takes <see cref="Preserve"/> back.</summary>
    Unpreserve = 1 << 2,

    /// <summary>Makes the state final, right before the reboot.</summary>
    Freeze = 1 << 3,

    /// <summary>Takes <see cref="Freeze"/> back: the reboot did not happen.</summary>
    Unfreeze = 1 << 4,

    /// <summary>Rebuilds the file in the next kernel.</summary>
    Retrieve = 1 << 5,

    /// <summary>Says whether the file can do without its state now.</summary>
    CanFinish = 1 << 6,

    /// <summary>Gives up what is left of the state.</summary>
    Finish = 1 << 7,

    /// <summary>Names the object behind a file, where several files share one.</summary>
    GetId = 1 << 8,

    /// <summary>What a registration needs; without any one of these it fails with <see cref="Errno.EINVAL"/>.</summary>
    Required = CanPreserve | Preserve | Unpreserve | Retrieve | Finish,
}
