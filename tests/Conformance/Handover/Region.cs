namespace LuoHandlers.Conformance.Handover;

/// <summary>A piece of handed-over memory.</summary>
/// <param name="Kind">What the format calls it.</param>
/// <param name="Address">Its physical address.</param>
/// <param name="UsedSize">How many bytes are in use.</param>
/// <param name="Size">How many bytes are allocated.</param>
/// <param name="PointerOffsets">Where it holds the addresses of other regions.</param>
internal sealed record Region(string Kind, ulong Address, int UsedSize, int Size, IReadOnlyList<int> PointerOffsets);
