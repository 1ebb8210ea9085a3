namespace LuoHandlers.Vfs;

/// <summary>What may not be done to a memfd any more (<c>F_SEAL_*</c>, <c>include/uapi/linux/fcntl.h</c>).</summary>
[Flags]
public enum MemfdSeals : uint
{
    /// <summary>Everything may be done.</summary>
    None = 0,

    /// <summary>No further seals.</summary>
    Seal = 0x1,

    /// <summary>No shrinking.</summary>
    Shrink = 0x2,

    /// <summary>No growing.</summary>
    Grow = 0x4,

    /// <summary>No writing.</summary>
    Write = 0x8,

    /// <summary>No writing, except through mappings that exist already.</summary>
    FutureWrite = 0x10,

    /// <summary>No change of the execute bits.</summary>
    Exec = 0x20,

    /// <summary>All seals that there are.</summary>
    All = Seal | Shrink | Grow | Write | FutureWrite | Exec,
}
