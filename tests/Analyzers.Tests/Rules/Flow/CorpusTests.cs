namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>
/// Handlers with mistakes that handlers really had, one mistake a file: our rules find each at its line, and find nothing else. The samples have none.
/// </summary>
public sealed class CorpusTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Corpus");

    public static TheoryData<string> Buggy => [.. Directory.GetFiles(Path.Combine(Folder, "Buggy")).Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];

    [Fact]
    public void There_are_handlers_to_test() => Assert.True(Buggy.Count >= 30, $"Only {Buggy.Count} handlers were found.");

    [Theory]
    [MemberData(nameof(Buggy))]
    public Task A_mistake_is_found(string name)
    {
        string source = File.ReadAllText(Path.Combine(Folder, "Buggy", $"{name}.cs"));
        Assert.Matches(@"\{\|LUO\d{4}:", source);
        return VerifyAsync(source);
    }

    [Fact]
    public Task The_sample_has_no_mistake() =>
        VerifyAsync([.. Directory.GetFiles(Path.Combine(Folder, "Samples"), "*.cs").Select(path => "using System;\nusing System.Collections.Generic;\n" + File.ReadAllText(path))]);

    private static Task VerifyAsync(params string[] sources)
    {
        var test = new AllRulesTest { TestBehaviors = Microsoft.CodeAnalysis.Testing.TestBehaviors.SkipGeneratedSourcesCheck };
        // Where a field that is not used is the mistake.
        if (sources.Any(source => source.Contains("{|LUO301", StringComparison.Ordinal)))
            test.DisabledDiagnostics.RemoveAll(id => id is RuleIds.FieldNeverWritten or RuleIds.FieldNeverRead);
        foreach (string source in sources)
            test.TestState.Sources.Add(source);
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
