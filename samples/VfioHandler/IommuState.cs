using LuoHandlers;
using LuoHandlers.Kho;

namespace VfioHandlerSample;

/// <summary>What is handed over of the IOMMU: the domains whose translations stay as they are, so that devices can go on.</summary>
[PreservedState]
public struct IommuState
{
    /// <summary>The number of elements of <see cref="Domains"/>, used or not.</summary>
    public ulong Capacity;

    /// <summary>The domains.</summary>
    public KhoVmalloc<IommuDomain> Domains;
}
