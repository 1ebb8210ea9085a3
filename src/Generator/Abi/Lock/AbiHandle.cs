namespace LuoHandlers.Abi;

/// <summary>What the u64 that LUO stores for each file or FLB is.</summary>
internal enum AbiHandle
{
    /// <summary>Always 0: nothing is handed over but the string.</summary>
    None,

    /// <summary>A number of which only the author knows what it means.</summary>
    Raw,

    /// <summary>The state itself, of at most 8 bytes.</summary>
    Inline,

    /// <summary>The address of the state.</summary>
    Memory,
}
