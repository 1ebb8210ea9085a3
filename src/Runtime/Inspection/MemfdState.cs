using System.Runtime.InteropServices;
using LuoHandlers.Kho;
using LuoHandlers.Vfs;

namespace LuoHandlers.Inspection;

/// <summary>
/// The state of a memfd as Linux 7.2 preserves it, 48 bytes (<c>include/linux/kho/abi/memfd.h</c>, <c>struct memfd_luo_ser</c>, <c>memfd-v2</c>).
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct MemfdState
{
    public readonly ulong Position;
    public readonly ulong Size;
    public readonly MemfdSeals Seals;
    public readonly uint Flags;
    public readonly ulong FolioCount;
    public readonly KhoVmalloc<MemfdFolio> Folios;
}
