using LuoHandlers.Kho;
using LuoHandlers.Vfs;

namespace LuoHandlers.History;

/// <summary>The arguments of an operation of an <see cref="IPreMergeFileHandler"/>.</summary>
public ref struct PreMergeFileOpArgs
{
    /// <summary>Kexec Handover of the running kernel.</summary>
    public required IKho Kho { get; init; }

    /// <summary>What the handler was registered with.</summary>
    public object? Argument { get; init; }

    /// <summary>The file; null in retrieve, which sets it, and in finish of a file that did not come back.</summary>
    public LuoFile? File { get; set; }

    /// <summary>The one u64 that is handed over for this file. Prepare and freeze may change it; what a failed one wrote is dropped.</summary>
    public ulong Data { get; set; }

    /// <summary>In finish: whether user space asked for the file, be it in vain.</summary>
    public bool IsReclaimed { get; init; }
}
