namespace LuoHandlers.Analyzers;

/// <summary>How much a method's name is like that of a callback.</summary>
internal enum NameLikeness
{
    None,

    /// <summary>It may be a slip, or a word of its own.</summary>
    Similar,

    /// <summary>It differs in case and underscores only.</summary>
    SameLetters,
}
