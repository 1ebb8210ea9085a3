using LuoHandlers.Conformance.Handover;
using LuoHandlers.Conformance.Model;
using LuoHandlers.Orchestrator.Profiles;

namespace LuoHandlers.Conformance;

/// <summary>The kernel that a scenario was made by: the one place that maps the format's names to the runtime's kernels and to their memory formats.</summary>
internal sealed record ScenarioProfile(KernelProfile Kernel, IHandoverReader HandoverReader)
{
    private const string Newest = "7.2";

    /// <exception cref="InvalidScenarioException">There is no such kernel.</exception>
    public static ScenarioProfile Of(Scenario scenario) => (scenario.Profile ?? Newest) switch
    {
        "6.19" => new ScenarioProfile(KernelProfile.Linux6_19, new FixedArrayReader()),
        "6.19.y" => new ScenarioProfile(KernelProfile.Linux6_19_Stable, new FixedArrayReader()),
        "7.0" => new ScenarioProfile(KernelProfile.Linux7_0, new FixedArrayReader()),
        "7.0.y" => new ScenarioProfile(KernelProfile.Linux7_0_Stable, new FixedArrayReader()),
        Newest => new ScenarioProfile(KernelProfile.Linux7_2, new BlockChainReader()),
        string unknown => throw new InvalidScenarioException($"there is no kernel \"{unknown}\""),
    };
}
