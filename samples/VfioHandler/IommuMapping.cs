namespace VfioHandlerSample;

/// <summary>A part of a memfd that devices see at an address, 32 bytes.</summary>
/// <param name="Address">The address that devices use.</param>
/// <param name="Offset">Where it begins in the memfd.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Flags">None are defined: 0.</param>
public readonly record struct IommuMapping(ulong Address, ulong Offset, ulong Length, ulong Flags);
