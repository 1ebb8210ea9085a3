namespace LuoHandlers.Conformance.Tests;

/// <summary>The emulated kernels do what the real ones did.</summary>
public sealed class ScenarioTests
{
    private const int MostShown = 20;

    public static TheoryData<string, int> Files => new()
    {
        { "handwritten-7.2.jsonl.gz", 123 },
        { "random-7.2-1.jsonl.gz", 2000 },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_scenario_goes_as_it_did_on_the_real_kernel(string file, int count)
    {
        List<IReadOnlyList<Mismatch>> results = [.. ScenarioRunner.RunAll(ScenarioFile.ReadLines(ScenarioFiles.PathOf(file)))];

        Assert.Equal(count, results.Count);
        List<Mismatch> mismatches = [.. results.SelectMany(result => result)];
        Assert.True(
            mismatches.Count == 0,
            $"{results.Count(result => result.Count > 0)} of {count} scenarios failed; the first mismatches:\n{string.Join('\n', mismatches.Take(MostShown))}");
    }

    [Fact]
    public void No_scenario_file_is_left_out() =>
        Assert.Equal(ScenarioFiles.NamesOfEmulatedKernels, Files.Select(file => file.Data.Item1));
}
