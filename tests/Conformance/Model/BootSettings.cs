namespace LuoHandlers.Conformance.Model;

/// <summary>How a kernel is booted.</summary>
internal sealed record BootSettings
{
    public bool Liveupdate { get; init; } = true;

    public bool Kho { get; init; } = true;

    /// <summary>Descriptor numbers are below this.</summary>
    public int FdLimit { get; init; } = 1048576;

    /// <summary>A failure that is armed while the kernel boots, and no longer.</summary>
    public FaultDefinition? Inject { get; init; }
}
