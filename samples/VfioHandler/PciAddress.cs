namespace VfioHandlerSample;

/// <summary>Where a PCI device is. Segments have 32 bits: some machines have more than 65536 of them.</summary>
/// <param name="Segment">The segment.</param>
/// <param name="Bus">The bus.</param>
/// <param name="Function">Device and function.</param>
public readonly record struct PciAddress(uint Segment, byte Bus, byte Function)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Segment:x4}:{Bus:x2}:{Function >> 3:x2}.{Function & 7}";
}
