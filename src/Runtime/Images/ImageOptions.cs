using LuoHandlers.Memory;

namespace LuoHandlers.Images;

/// <summary>What a memory image does not say itself.</summary>
public sealed record ImageOptions
{
    /// <summary>
    /// The address of the KHO root. Null: what the image's note says; without a note, what is found by a search. The search takes every page that
    /// begins with a device tree of a known KHO format and leads to a valid tree of preserved pages. Of several, one that announces LUO is
    /// preferred, then one that is itself preserved, then the one of the latest kernel (<c>kexec_count</c>); if that leaves more than one, the
    /// image is refused, and <see cref="InvalidImageException.Roots"/> lists them.
    /// </summary>
    public PhysicalAddress? Root { get; init; }

    /// <summary>The image is no ELF file, but plain memory that begins at this address. Null: it is an ELF file.</summary>
    public PhysicalAddress? RawBase { get; init; }

    /// <summary>
    /// How much memory the machine has beyond the last page of the image, in bytes, a multiple of 4096. An image need not have any page that the
    /// next kernel could use.
    /// </summary>
    public ulong FreeMemory { get; init; } = 64UL << 20;
}
