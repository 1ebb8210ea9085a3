using System.Text.Json;

namespace LuoHandlers.Conformance.Model;

/// <summary>One boot of a scenario.</summary>
internal sealed record ScenarioKernel
{
    public BootSettings Boot { get; init; } = new();

    /// <summary>Alterations of what the previous kernel handed over, made one after another before this boot.</summary>
    public IReadOnlyList<MemoryPatch> Patch { get; init; } = [];

    /// <summary>What this kernel reads as the size of LUO's root struct, instead of what was handed over.</summary>
    public int? LuoBlobSize { get; init; }

    public IReadOnlyList<HandlerDefinition> Handlers { get; init; } = [];

    public IReadOnlyList<FlbDefinition> Flbs { get; init; } = [];

    public required JsonElement BootExpect { get; init; }

    public IReadOnlyList<Step> Steps { get; init; } = [];
}
