namespace VfioHandlerSample;

/// <summary>A domain in the table of the IOMMU, 8 bytes.</summary>
/// <param name="Id">Its number, from 1.</param>
public readonly record struct IommuDomain(ulong Id);
