using LuoHandlers.Vfs;

namespace LuoHandlers.Orchestrator;

/// <summary>LUO's record of a file: preserved for the next kernel, or handed over by the previous one (<c>struct luo_file</c>).</summary>
internal sealed class PreservedFile(RegisteredHandler handler, ulong token)
{
    public RegisteredHandler Handler { get; } = handler;

    public ulong Token { get; } = token;

    /// <summary>The file, with a reference held; null while an incoming file is not retrieved.</summary>
    public LuoFile? File { get; set; }

    /// <summary>What get_id said of the file; 0 if it was not asked.</summary>
    public ulong Identity { get; set; }

    /// <summary>Whether this kernel preserved it, so that its token may be taken in all sessions.</summary>
    public bool HoldsToken { get; init; }

    public ulong SerializedData { get; set; }

    public object? PrivateData { get; set; }

    /// <summary>Whether retrieve is running: a file that depends on it must not wait for it.</summary>
    public bool IsBeingRetrieved { get; set; }

    /// <summary>0: not tried; 1: retrieved; negative: the errno of the failed attempt.</summary>
    public int RetrieveStatus { get; set; }
}
