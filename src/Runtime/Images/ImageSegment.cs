using LuoHandlers.Memory;

namespace LuoHandlers.Images;

/// <summary>A run of memory and where the image has it.</summary>
/// <param name="Address">The address of the first byte.</param>
/// <param name="Offset">Where it is in the file.</param>
/// <param name="Length">How many bytes.</param>
/// <param name="HeaderOffset">Where the file describes it, for messages.</param>
internal readonly record struct ImageSegment(PhysicalAddress Address, long Offset, long Length, long HeaderOffset)
{
    public ulong End => Address.Value + (ulong)Length;
}
