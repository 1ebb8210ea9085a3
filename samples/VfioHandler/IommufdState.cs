using LuoHandlers;
using LuoHandlers.Kho;

namespace VfioHandlerSample;

/// <summary>What is handed over of an iommufd, 40 bytes.</summary>
[PreservedState]
public struct IommufdState
{
    /// <summary>The token of the memory.</summary>
    public ulong MemoryToken;

    /// <summary>The number of the domain.</summary>
    public ulong DomainId;

    /// <summary>The number of elements of <see cref="Mappings"/>.</summary>
    public ulong MappingCount;

    /// <summary>The mappings.</summary>
    public KhoVmalloc<IommuMapping> Mappings;
}
