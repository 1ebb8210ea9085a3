namespace LuoHandlers;

/// <summary>
/// Marks a struct whose bytes are handed over from one kernel to the next: its layout is an ABI. It must be blittable, without padding, of
/// fixed-width fields; numbers are little-endian. A state of at most 8 bytes travels in the handle that LUO stores for each file.
/// </summary>
[AttributeUsage(AttributeTargets.Struct, Inherited = false)]
public sealed class PreservedStateAttribute : Attribute
{
    /// <summary>
    /// What to count up when the bytes stay where they are and mean something else, a flag that is used differently or another unit: the
    /// ABI lock sees only the layout by itself.
    /// </summary>
    public int Semantics { get; init; }
}
