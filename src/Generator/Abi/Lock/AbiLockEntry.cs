namespace LuoHandlers.Abi;

/// <summary>What a lock file says of one compatible string.</summary>
internal sealed class AbiLockEntry(string compatible, AbiDescription? description, IReadOnlyList<string> retrieves, bool isRetired, IReadOnlyList<AbiFact> facts)
{
    public string Compatible { get; } = compatible;

    /// <summary>What is handed over; null if the file only adds to what another file says.</summary>
    public AbiDescription? Description { get; } = description;

    /// <summary>The older strings that are retrieved as well.</summary>
    public IReadOnlyList<string> Retrieves { get; } = retrieves;

    /// <summary>Whether the string must never be used again.</summary>
    public bool IsRetired { get; } = isRetired;

    /// <summary>The lines, in the order of the file.</summary>
    public IReadOnlyList<AbiFact> Facts { get; } = facts;
}
