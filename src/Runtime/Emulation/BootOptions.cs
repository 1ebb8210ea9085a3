using LuoHandlers.Memory;

namespace LuoHandlers.Emulation;

/// <summary>How a kernel is booted.</summary>
public sealed record BootOptions
{
    /// <summary>Whether live update is asked for (<c>liveupdate=on</c>).</summary>
    public bool LiveUpdate { get; init; } = true;

    /// <summary>Whether Kexec Handover is on (<c>kho=on</c>); without it there is no live update.</summary>
    public bool KexecHandover { get; init; } = true;

    /// <summary>File descriptors are below this number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int DescriptorLimit
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 1 << 20;

    /// <summary>Which allocations shall fail, from boot on; null: none.</summary>
    public FaultInjection? Faults { get; init; }

    /// <summary>Whether LUO does not even look at what was handed over: somebody else takes its place.</summary>
    internal bool IsHandoverLeftAlone { get; init; }
}
