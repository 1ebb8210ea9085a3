namespace LuoHandlers.Docs.Tests;

/// <summary>A fenced block of a page.</summary>
/// <param name="Kind">What stands behind the fence; empty for what a terminal shows.</param>
/// <param name="Line">The number of its first line.</param>
/// <param name="Code">The text.</param>
internal sealed record CodeBlock(string Kind, int Line, string Code)
{
    /// <summary>A file of the page's program.</summary>
    public const string File = "csharp";

    /// <summary>Statements of a method of the page's program.</summary>
    public const string Statements = "csharp statements";
}
