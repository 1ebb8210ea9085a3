namespace LuoHandlers.Conformance.Model;

/// <summary>An alteration of handed-over memory: either bytes or the address of a region is written.</summary>
internal sealed record MemoryPatch
{
    /// <summary>Index into the regions of the previous kernel's handover.</summary>
    public required int Region { get; init; }

    /// <summary>Byte offset in the region.</summary>
    public required int Off { get; init; }

    public byte[]? Hex { get; init; }

    /// <summary>Index of the region whose address is written.</summary>
    public int? Ptr { get; init; }
}
