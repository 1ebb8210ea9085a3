using System.Runtime.InteropServices;
using LuoHandlers.Kho;

namespace LuoHandlers.Inspection;

/// <summary>The state of a memfd as Linux 6.19 and 7.0 preserve it, 40 bytes: without seals (<c>memfd-v1</c>).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct MemfdStateV1
{
    public readonly ulong Position;
    public readonly ulong Size;
    public readonly ulong FolioCount;
    public readonly KhoVmalloc<MemfdFolio> Folios;
}
