using LuoHandlers.Vfs;

namespace LuoHandlers.History;

/// <summary>What LUO keeps of a file, in the kernel that hands it over or in the one that takes it.</summary>
internal sealed class PreMergeFile(RegisteredPreMergeHandler handler, ulong token)
{
    public RegisteredPreMergeHandler Handler { get; } = handler;

    public ulong Token { get; } = token;

    /// <summary>The file, with a reference; null in the next kernel until it is retrieved.</summary>
    public LuoFile? File { get; set; }

    /// <summary>The u64 that is handed over.</summary>
    public ulong Data { get; set; }

    /// <summary>Whether prepare was called and not taken back.</summary>
    public bool IsPrepared { get; set; }

    /// <summary>Whether user space asked for the file, be it in vain.</summary>
    public bool IsReclaimed { get; set; }
}
