namespace LuoHandlers;

/// <summary>What a compatible string is of.</summary>
public enum LiveUpdateAbiKind
{
    /// <summary>A file handler.</summary>
    FileHandler,

    /// <summary>An FLB.</summary>
    Flb,
}
