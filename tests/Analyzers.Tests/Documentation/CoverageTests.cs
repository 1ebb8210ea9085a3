using System.Globalization;
using System.Text.RegularExpressions;
using LuoHandlers.Orchestrator.Events;

namespace LuoHandlers.Analyzers.Tests.Documentation;

/// <summary>The table of known mistakes names what exists, and counts right.</summary>
public sealed partial class CoverageTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "coverage.md")).ReplaceLineEndings("\n");

    private static readonly string[] Means = ["Types", "Generated code", "Rule", "Run time", "Test kit", "Not"];

    private static readonly (string Row, string Means, bool IsInPart, string How)[] Rows =
        [.. Row().Matches(Text).Select(match => (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Length > 0, match.Groups[4].Value))];

    [Fact]
    public void Every_finding_has_a_row_in_order() =>
        Assert.Equal(Enumerable.Range(1, 108).Select(number => $"H{number:000}"), Rows.Select(row => row.Row));

    [Fact]
    public void The_counts_are_those_of_the_rows()
    {
        Assert.All(Rows, row => Assert.Contains(row.Means, Means));
        Assert.Equal(
            Means.Select(means => (means, Rows.Count(row => row.Means == means).ToString(CultureInfo.InvariantCulture))),
            Count().Matches(Text).Select(match => (match.Groups[1].Value, match.Groups[2].Value)));
        int met = Rows.Count(row => Means.Take(3).Contains(row.Means));
        int inPart = Rows.Count(row => row.IsInPart);
        Assert.Contains($"Types, generated code and rules together meet {met} of 108, {inPart} of them in part.", Text, StringComparison.Ordinal);
        Assert.True(met >= 60, $"{met} are met.");
    }

    [Fact]
    public void What_a_rule_meets_names_rules_that_exist()
    {
        var ids = Analyzers.Rules.All.Select(rule => rule.Id).ToHashSet();
        Assert.All(Rows, row => Assert.All(FindIds(row.How), id => Assert.Contains(id, ids)));
        Assert.All(Rows.Where(row => row.Means == "Rule"), row => Assert.NotEmpty(FindIds(row.How)));
    }

    [Fact]
    public void What_the_kernel_tells_is_something_that_it_tells()
    {
        var words = Enum.GetNames<KernelMistake>().Concat(Enum.GetNames<Errno>()).ToHashSet();
        // Other words in code are types and members of the runtime.
        Assert.All(
            Rows.Where(row => row.Means == "Run time").SelectMany(row => Word().Matches(row.How)).Select(match => match.Groups[1].Value),
            word => Assert.Contains(word, words));
    }

    /// <summary>A handler of the corpus with a mistake of a row is found by the rules that the row names.</summary>
    [Fact]
    public void The_corpus_agrees()
    {
        foreach (string path in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Corpus", "Buggy")))
        {
            string row = Path.GetFileNameWithoutExtension(path)[..4];
            Assert.Subset(FindIds(Rows.Single(each => each.Row == row).How), Marked().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value).ToHashSet());
        }
    }

    private static HashSet<string> FindIds(string how) => [.. Id().Matches(how).Select(match => match.Groups[1].Value)];

    [GeneratedRegex(@"^\| (H\d{3}) \| [^|]+ \| ([A-Z][a-z ]+?)( in part)? \| ([^|]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^\| ([A-Z][a-z ]+) \| (\d+) \|$", RegexOptions.Multiline)]
    private static partial Regex Count();

    [GeneratedRegex(@"\[(LUO\d{4})\]\(rules/\1\.md\)")]
    private static partial Regex Id();

    [GeneratedRegex(@"`([A-Za-z]+)`")]
    private static partial Regex Word();

    [GeneratedRegex(@"\{\|(LUO\d{4}):")]
    private static partial Regex Marked();
}
