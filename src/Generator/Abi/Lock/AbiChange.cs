namespace LuoHandlers.Abi;

/// <summary>A difference between what was handed over under a string and what is now.</summary>
/// <param name="verdict">What it means.</param>
/// <param name="text">What it is, as a clause: <c>'Size' was at offset 8 and is at 16</c>.</param>
/// <param name="field">The field as it is now, or the nearest one around it that is there; null for the state as a whole.</param>
internal sealed class AbiChange(AbiVerdict verdict, string text, AbiField? field)
{
    public AbiVerdict Verdict { get; } = verdict;

    public string Text { get; } = text;

    public AbiField? Field { get; } = field;
}
