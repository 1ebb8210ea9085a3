namespace VfioHandlerSample;

/// <summary>A device in the table of the bus, 8 bytes.</summary>
/// <param name="Segment">The segment.</param>
/// <param name="Location">Bus and function, and the mark of an entry that is not free.</param>
public readonly record struct PciEntry(uint Segment, uint Location)
{
    private const uint Used = 1U << 31;

    /// <summary>The entry of a device.</summary>
    public PciEntry(PciAddress address)
        : this(address.Segment, Used | ((uint)address.Bus << 8) | address.Function)
    {
    }
}
