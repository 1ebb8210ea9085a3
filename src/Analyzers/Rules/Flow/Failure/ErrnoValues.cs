namespace LuoHandlers.Analyzers;

/// <summary>What an <c>Errno</c> variable may be, by the ways that lead to a place.</summary>
[Flags]
internal enum ErrnoValues
{
    /// <summary>No way leads there.</summary>
    Unreached = 0,

    /// <summary>On some way it is known to be <c>Errno.None</c>.</summary>
    None = 1,

    /// <summary>On some way it is known to be an error.</summary>
    Error = 2,

    /// <summary>On some way it can be anything.</summary>
    Unknown = 4,
}
