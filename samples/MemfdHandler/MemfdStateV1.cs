using LuoHandlers;
using LuoHandlers.Kho;

namespace MemfdHandlerSample;

/// <summary>What Linux 6.19 and 7.0 hand over of a memfd: <c>memfd-v1</c>, 40 bytes, without seals.</summary>
[PreservedState]
public struct MemfdStateV1
{
    /// <summary>The position of the open file.</summary>
    public ulong Position;

    /// <summary>The size in bytes.</summary>
    public ulong Size;

    /// <summary>The number of elements of <see cref="Folios"/>.</summary>
    public ulong FolioCount;

    /// <summary>The folios of the contents.</summary>
    public KhoVmalloc<MemfdFolio> Folios;
}
