namespace LuoHandlers.Abi;

/// <summary>The words that facts begin with.</summary>
internal static class AbiWords
{
    public const string Constant = "constant";
    public const string Field = "field";
    public const string FileHandler = "handler";
    public const string Flb = "flb";
    public const string Retired = "retired";
    public const string Retrieves = "retrieves";
    public const string Semantics = "semantics";
    public const string Value = "value";

    /// <summary>The words for <see cref="AbiHandle"/>, by its numbers.</summary>
    public static IReadOnlyList<string> Handles { get; } = ["none", "raw", "inline", "memory"];
}
