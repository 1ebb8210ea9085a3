namespace LuoHandlers.Kho;

/// <summary>What differs between kernels in how KHO describes what it hands over: the root of the device tree, and the record of preserved memory.</summary>
/// <param name="Compatible">The compatible string of the root; a kernel takes only its own.</param>
/// <param name="AddressProperty">The property of a subtree that holds its address, a raw u64.</param>
/// <param name="SizeProperty">The property of a subtree that holds its size, a raw u64; null where there is none.</param>
/// <param name="HasMetadata">Whether KHO tells the next kernel of itself, in <see cref="KexecMetadata"/>.</param>
public sealed record KhoFormat(string Compatible, string AddressProperty, string? SizeProperty, bool HasMetadata)
{
    /// <summary>The root's property that holds the address of the record of preserved memory, a raw u64.</summary>
    public const string MemoryMapProperty = "preserved-memory-map";

    /// <summary>The root's compatible property.</summary>
    public const string CompatibleProperty = "compatible";

    /// <summary>How the preserved memory is recorded.</summary>
    internal MemoryMapFormat MemoryMap { get; init; } = MemoryMapFormat.Tree;
}
