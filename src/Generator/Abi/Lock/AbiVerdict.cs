namespace LuoHandlers.Abi;

/// <summary>What a change means for those who hand over and those who take over.</summary>
internal enum AbiVerdict
{
    /// <summary>Nothing.</summary>
    Compatible,

    /// <summary>The bytes are the same; whether their meaning is, a person must say.</summary>
    NeedsReview,

    /// <summary>The old bytes would be read as something else: it needs a string of its own.</summary>
    NeedsBump,
}
