using System.Runtime.InteropServices;
using LuoHandlers.Memory;

namespace LuoHandlers.Inspection;

/// <summary>
/// A folio of a memfd, 16 bytes: its page number in bits 0 to 51 and flags above, and the index of its first page in the file
/// (<c>include/linux/kho/abi/memfd.h</c>, <c>struct memfd_luo_folio_ser</c>). Its size stands in the preserved-page tree alone.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct MemfdFolio
{
    private const int PfnBits = 52;
    private const ulong UpToDateFlag = 1UL << 53;

    private readonly ulong _word;

    public readonly ulong Index;

    public PhysicalAddress Address => new Pfn(_word & ((1UL << PfnBits) - 1)).Address;

    /// <summary>Whether there is anything in it; if not, it reads as zeros.</summary>
    public bool IsUpToDate => (_word & UpToDateFlag) != 0;
}
