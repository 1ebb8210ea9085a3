namespace LuoHandlers.Conformance.Tests;

/// <summary>The emulated kernels do what the real ones did.</summary>
public sealed class ScenarioTests
{
    private const int MostShown = 20;

    public static TheoryData<string, int> Files => new()
    {
        { "handwritten-6.19.jsonl.gz", 124 },
        { "handwritten-6.19.y.jsonl.gz", 123 },
        { "handwritten-7.0.jsonl.gz", 163 },
        { "handwritten-7.0.y.jsonl.gz", 163 },
        { "handwritten-7.2.jsonl.gz", 123 },
        { "random-6.19-1.jsonl.gz", 1000 },
        { "random-7.0-1.jsonl.gz", 1000 },
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
        Assert.Equal(ScenarioFiles.Names, Files.Select(file => file.Data.Item1));
}
