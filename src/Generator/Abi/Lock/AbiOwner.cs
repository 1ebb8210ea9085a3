namespace LuoHandlers.Abi;

/// <summary>What a compatible string is of.</summary>
internal enum AbiOwner
{
    /// <summary>A file handler.</summary>
    FileHandler,

    /// <summary>An FLB.</summary>
    Flb,
}
