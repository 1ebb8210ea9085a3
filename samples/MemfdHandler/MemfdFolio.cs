using LuoHandlers.Memory;

namespace MemfdHandlerSample;

/// <summary>A folio of a memfd's contents, 16 bytes: page number in bits 0 to 51 and flags above, then the index of its first page in the file.</summary>
/// <param name="Word">Page number and flags.</param>
/// <param name="Index">The index of the folio's first page in the file.</param>
public readonly record struct MemfdFolio(ulong Word, ulong Index)
{
    private const ulong Dirty = 1UL << 52;
    private const ulong Uptodate = 1UL << 53;

    /// <summary>
    /// Describes a folio. It counts as dirty and up to date, whatever it is now: it may still be written after it is described.
    /// </summary>
    public MemfdFolio(Folio folio, ulong index)
        : this(folio.Pfn.Value | Dirty | Uptodate, index)
    {
    }

    /// <summary>The address of the folio's first page.</summary>
    public PhysicalAddress Address => new Pfn(Word & (Dirty - 1)).Address;

    /// <summary>Whether the folio holds contents; otherwise it reads as zero.</summary>
    public bool IsUptodate => (Word & Uptodate) != 0;
}
