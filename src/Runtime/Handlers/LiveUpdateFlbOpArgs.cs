using System.Diagnostics.CodeAnalysis;
using LuoHandlers.Kho;

namespace LuoHandlers.Handlers;

/// <summary>The arguments of an FLB callback (<c>struct liveupdate_flb_op_args</c>).</summary>
public ref struct LiveUpdateFlbOpArgs
{
    private ulong _serializedData;

    /// <summary>The FLB that is called.</summary>
    public required ILiveUpdateFlb Flb { get; init; }

    /// <summary>Kexec Handover of the running kernel.</summary>
    public required IKho Kho { get; init; }

    /// <summary>The handle: the one u64 that LUO hands over for this FLB. Preserve sets it; 0 in finish.</summary>
    public ulong SerializedData
    {
        readonly get => _serializedData;
        set => _serializedData = value;
    }

    /// <summary>The live object of this kernel. Preserve and retrieve set it.</summary>
    public object? Object { get; set; }

    /// <summary>The handle as a place, for a state that lies in it.</summary>
    [UnscopedRef]
    internal ref ulong Handle => ref _serializedData;
}
