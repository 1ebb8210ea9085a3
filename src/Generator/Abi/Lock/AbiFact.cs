namespace LuoHandlers.Abi;

/// <summary>One fact of a compatible string, and the line that it was read from.</summary>
/// <param name="line">The number of the line, from 0.</param>
/// <param name="text">The fact, without the string.</param>
internal sealed class AbiFact(int line, string text)
{
    public int Line { get; } = line;

    public string Text { get; } = text;
}
