namespace LuoHandlers.Conformance.Scripted;

/// <summary>Numbered labels, counted over one kernel.</summary>
internal sealed class LabelSequence(string prefix)
{
    private int _last;

    public string Next() => $"{prefix}{++_last}";
}
