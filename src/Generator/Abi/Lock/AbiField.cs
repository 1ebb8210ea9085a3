namespace LuoHandlers.Abi;

/// <summary>A field of a state, or of something in it, or what an array consists of.</summary>
/// <param name="name">Its name; of an element, none.</param>
/// <param name="offset">Where it begins in the struct around it; of an element, 0.</param>
/// <param name="size">How many bytes it takes.</param>
/// <param name="type">One of <see cref="AbiTypes"/>.</param>
internal sealed class AbiField(string name, long offset, long size, string type)
{
    public string Name { get; } = name;

    public long Offset { get; } = offset;

    public long Size { get; } = size;

    public string Type { get; } = type;

    /// <summary>The fields of a struct, by offset.</summary>
    public List<AbiField> Fields { get; } = [];

    /// <summary>The members of an enum, as they are declared.</summary>
    public List<AbiValue> Values { get; } = [];

    /// <summary>What an array, or the memory that a <c>vmalloc</c> describes, consists of.</summary>
    public AbiField? Element { get; set; }

    public long End => Offset + Size;
}
