namespace LuoHandlers.Conformance.Model;

/// <summary>A failure to inject.</summary>
internal sealed record FaultDefinition
{
    public required FaultKind What { get; init; }

    /// <summary>0: the very next attempt fails; 1: the one after it; and so on.</summary>
    public int Nth { get; init; }
}
