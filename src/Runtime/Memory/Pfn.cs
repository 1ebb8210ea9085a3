namespace LuoHandlers.Memory;

/// <summary>The number of a page of physical memory: its address divided by the page size.</summary>
/// <param name="Value">The page frame number.</param>
public readonly record struct Pfn(ulong Value)
{
    /// <summary>The address of the first byte of the page.</summary>
    public PhysicalAddress Address => new(Value << Page.Shift);

    /// <inheritdoc/>
    public override string ToString() => $"pfn 0x{Value:x}";
}
