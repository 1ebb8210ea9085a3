namespace LuoHandlers.Handlers;

/// <summary>The callbacks that an FLB has: which function pointers of <c>struct liveupdate_flb_ops</c> are not null.</summary>
[Flags]
public enum FlbCallbacks
{
    /// <summary>No callback.</summary>
    None = 0,

    /// <summary>Saves the object, before the first file that depends on it.</summary>
    Preserve = 1 << 0,

    /// <summary>Takes <see cref="Preserve"/> back, after the last file that depends on it.</summary>
    Unpreserve = 1 << 1,

    /// <summary>Rebuilds the object in the next kernel, when it is first asked for.</summary>
    Retrieve = 1 << 2,

    /// <summary>Gives the object up, after the last file that depends on it.</summary>
    Finish = 1 << 3,

    /// <summary>What a registration needs: all of them.</summary>
    Required = Preserve | Unpreserve | Retrieve | Finish,
}
