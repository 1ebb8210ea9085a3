using System.Diagnostics.CodeAnalysis;
using LuoHandlers.Kho;
using LuoHandlers.Vfs;

namespace LuoHandlers.Handlers;

/// <summary>
/// The arguments of a file callback (<c>struct liveupdate_file_op_args</c>). What a callback writes is taken over only where the table of
/// <see cref="ILiveUpdateFileHandler"/> says so; anything else is dropped.
/// </summary>
public ref struct LiveUpdateFileOpArgs
{
    private ulong _serializedData;

    /// <summary>The handler that is called.</summary>
    public required ILiveUpdateFileHandler Handler { get; init; }

    /// <summary>Kexec Handover of the running kernel.</summary>
    public required IKho Kho { get; init; }

    /// <summary>How retrieval went; set for can_finish and finish only.</summary>
    public RetrieveStatus RetrieveStatus { get; set; }

    /// <summary>The file; null in retrieve, and in can_finish and finish of a file that is not retrieved. Retrieve sets it.</summary>
    public LuoFile? File { get; set; }

    /// <summary>The handle: the one u64 that LUO hands over for this file. Preserve sets it, freeze may change it.</summary>
    public ulong SerializedData
    {
        readonly get => _serializedData;
        set => _serializedData = value;
    }

    /// <summary>An object of this kernel only, set by preserve; null in retrieve, can_finish and finish.</summary>
    public object? PrivateData { get; set; }

    /// <summary>The other files of the session, in preserve and retrieve; null otherwise.</summary>
    internal ISessionFiles? Session { get; set; }

    /// <summary>The handle as a place, for a state that lies in it.</summary>
    [UnscopedRef]
    internal ref ulong Handle => ref _serializedData;
}
