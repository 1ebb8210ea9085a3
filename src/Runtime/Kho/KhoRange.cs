using LuoHandlers.Memory;

namespace LuoHandlers.Kho;

/// <summary>
/// Memory that Kexec Handover keeps: allocated and preserved by this kernel, or inherited from the previous one.
/// It is got from <see cref="IKho"/> and given back to it; an address alone can't be.
/// </summary>
public readonly record struct KhoRange
{
    internal KhoRange(Folio folio) => Folio = folio;

    /// <summary>The pages.</summary>
    public Folio Folio { get; }

    /// <summary>The address of the first byte: what a state stores, and what <see cref="IKho.FindInherited"/> takes in the next kernel.</summary>
    public PhysicalAddress Address => Folio.Address;

    /// <summary>The size in bytes: a power of two, at least a page.</summary>
    public int ByteCount => Folio.ByteCount;

    /// <inheritdoc/>
    public override string ToString() => Folio.ToString();
}
