namespace LuoHandlers.Abi;

/// <summary>What is wrong with a line.</summary>
/// <param name="kind">Which kind of fault it is.</param>
/// <param name="line">The number of the line, from 0.</param>
/// <param name="reason">What is wrong, as the end of a sentence about the line.</param>
internal sealed class AbiFault(AbiFaultKind kind, int line, string reason)
{
    public AbiFaultKind Kind { get; } = kind;

    public int Line { get; } = line;

    public string Reason { get; } = reason;
}
