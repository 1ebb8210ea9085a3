namespace LuoHandlers.Conformance.Model;

/// <summary>A get or put of an FLB that a callback makes.</summary>
internal sealed record FlbCall
{
    public required FlbCallKind Op { get; init; }

    public required string Flb { get; init; }
}
