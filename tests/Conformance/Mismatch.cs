namespace LuoHandlers.Conformance;

/// <summary>Something that was not as a scenario expects it.</summary>
/// <param name="Scenario">The id of the scenario.</param>
/// <param name="Boot">Which boot, from 0; null if the scenario could not be read.</param>
/// <param name="Step">Which step, from 0; null for the boot itself.</param>
/// <param name="Operation">What the step does.</param>
/// <param name="Field">The path of the field in what is expected.</param>
/// <param name="Expected">What the kernel did.</param>
/// <param name="Actual">What was found.</param>
internal sealed record Mismatch(string Scenario, int? Boot, int? Step, string? Operation, string Field, string Expected, string Actual)
{
    public override string ToString()
    {
        string place = Boot is null ? "" : Step is null ? $" boot {Boot}" : $" boot {Boot}, step {Step} ({Operation})";
        return $"{Scenario}:{place} {Field}: expected {Expected}, actual {Actual}";
    }
}
