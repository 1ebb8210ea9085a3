namespace LuoHandlers.Abi;

/// <summary>What is handed over under a compatible string. It holds no name of a type, as a renamed type hands the same over.</summary>
/// <param name="owner">What the string is of.</param>
/// <param name="handle">What LUO stores for it.</param>
/// <param name="size">The size of the state; 0 if there is none.</param>
internal sealed class AbiDescription(AbiOwner owner, AbiHandle handle, long size)
{
    public AbiOwner Owner { get; } = owner;

    public AbiHandle Handle { get; } = handle;

    public long Size { get; } = size;

    /// <summary>What the author counts up when the same bytes get another meaning.</summary>
    public int Semantics { get; set; }

    /// <summary>The fields of the state, by offset.</summary>
    public List<AbiField> Fields { get; } = [];

    public List<AbiConstant> Constants { get; } = [];

    /// <summary>The older compatible strings that are retrieved as well.</summary>
    public List<string> Retrieves { get; } = [];
}
