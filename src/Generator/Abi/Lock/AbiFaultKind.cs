namespace LuoHandlers.Abi;

/// <summary>The ways in which a line of a lock file can be wrong.</summary>
internal enum AbiFaultKind
{
    /// <summary>It is no fact, or contradicts others.</summary>
    Invalid,

    /// <summary>The file is not of the version that is known.</summary>
    Version,

    /// <summary>A merge was not finished.</summary>
    Conflict,

    /// <summary>The same fact is there already.</summary>
    Duplicate,
}
