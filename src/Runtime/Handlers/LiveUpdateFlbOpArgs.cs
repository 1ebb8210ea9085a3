using LuoHandlers.Kho;

namespace LuoHandlers.Handlers;

/// <summary>The arguments of an FLB callback (<c>struct liveupdate_flb_op_args</c>).</summary>
public ref struct LiveUpdateFlbOpArgs
{
    /// <summary>The FLB that is called.</summary>
    public required ILiveUpdateFlb Flb { get; init; }

    /// <summary>Kexec Handover of the running kernel.</summary>
    public required IKho Kho { get; init; }

    /// <summary>The handle: the one u64 that LUO hands over for this FLB. Preserve sets it; 0 in finish.</summary>
    public ulong SerializedData { get; set; }

    /// <summary>The live object of this kernel. Preserve and retrieve set it.</summary>
    public object? Object { get; set; }
}
