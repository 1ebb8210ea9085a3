using LuoHandlers;
using LuoHandlers.Kho;
using LuoHandlers.Vfs;

namespace MemfdHandlerSample;

/// <summary>What is handed over of a memfd: the kernel's <c>memfd-v2</c>, 48 bytes.</summary>
[PreservedState]
public struct MemfdState
{
    /// <summary>The position of the open file.</summary>
    public ulong Position;

    /// <summary>The size in bytes.</summary>
    public ulong Size;

    /// <summary>What may not be done any more.</summary>
    public MemfdSeals Seals;

    /// <summary>None are defined: 0.</summary>
    public uint Flags;

    /// <summary>The number of elements of <see cref="Folios"/>.</summary>
    public ulong FolioCount;

    /// <summary>The folios of the contents.</summary>
    public KhoVmalloc<MemfdFolio> Folios;
}
