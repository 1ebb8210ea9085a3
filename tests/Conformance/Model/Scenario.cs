namespace LuoHandlers.Conformance.Model;

/// <summary>One line of a scenario file: kernels that follow each other on one machine, what is done in each, and what the real kernel answered.</summary>
internal sealed record Scenario
{
    public required string Id { get; init; }

    /// <summary>The kernel that made the expectations; null stands for 7.2.</summary>
    public string? Profile { get; init; }

    /// <summary>Which rule a hand-written scenario shows, in words.</summary>
    public string? Rule { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public required IReadOnlyList<ScenarioKernel> Kernels { get; init; }
}
