using System.Globalization;
using System.Text.RegularExpressions;
using LuoHandlers.CodeFixes;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers.Tests.Documentation;

/// <summary>The table of rules, descriptors, pages, the index and the release files say the same.</summary>
public sealed partial class RuleTableTests
{
    public static TheoryData<string> Ids => [.. Analyzers.Rules.All.Select(rule => rule.Id)];

    private static IEnumerable<DiagnosticDescriptor> Descriptors =>
        Instances<DiagnosticAnalyzer>(typeof(HandlerAnalyzer)).Where(analyzer => analyzer is not DiagnosticSuppressor)
            .SelectMany(analyzer => analyzer.SupportedDiagnostics);

    private static IEnumerable<string> FixedIds => Instances<CodeFixProvider>(typeof(MakePartialCodeFixProvider))
        .SelectMany(provider => provider.FixableDiagnosticIds);

    [Fact]
    public void Every_rule_is_in_the_table_once_in_order() =>
        Assert.Equal(typeof(RuleIds).GetFields().Select(field => (string)field.GetRawConstantValue()!).Order(), Analyzers.Rules.All.Select(rule => rule.Id));

    [Fact]
    public void Analyzers_report_exactly_the_rules_of_the_table() =>
        Assert.Equal(Analyzers.Rules.All.Select(rule => rule.Id), Descriptors.Select(descriptor => descriptor.Id).Distinct().Order());

    [Fact]
    public void Every_rejection_by_the_binder_is_reported_by_a_rule_or_by_the_compiler() =>
        Assert.Equal([BindingErrorKind.Unresolved], Enum.GetValues<BindingErrorKind>().Where(kind => BindingErrorDescriptors.Find(kind) is null));

    [Fact]
    public void Ids_of_the_same_thousand_have_the_same_category() =>
        Assert.All(Analyzers.Rules.All.GroupBy(rule => rule.Id[..4]), group => Assert.Single(group.Select(rule => rule.Category).Distinct()));

    [Fact]
    public void Every_page_belongs_to_a_rule() =>
        Assert.Equal(
            Analyzers.Rules.All.Select(rule => rule.Id).Append("README"),
            Directory.GetFiles(RulePage.Folder).Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Descriptors_agree_with_the_table(string id)
    {
        Rule rule = Find(id);
        Assert.All(Descriptors.Where(descriptor => descriptor.Id == id), descriptor =>
        {
            Assert.Equal(rule.Title, descriptor.Title.ToString(CultureInfo.InvariantCulture));
            Assert.Equal(rule.Category, descriptor.Category);
            Assert.Equal(rule.Severity, descriptor.DefaultSeverity);
            Assert.Equal(rule.Description, descriptor.Description.ToString(CultureInfo.InvariantCulture));
            Assert.Equal($"https://github.com/luohandlers/luohandlers/blob/main/docs/rules/{id}.md", descriptor.HelpLinkUri);
            Assert.Equal(rule.IsEnabledByDefault, descriptor.IsEnabledByDefault);
        });
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Titles_are_phrases_and_messages_are_sentences_that_end_in_a_remedy(string id)
    {
        // No sentence; a dot may stand in a version only.
        Assert.Matches(@"^[A-Z]([^.]|\.(?=\d))*[^.]$", Find(id).Title);
        Assert.EndsWith(".", Find(id).Description, StringComparison.Ordinal);
        Assert.All(Descriptors.Where(descriptor => descriptor.Id == id), descriptor =>
        {
            string message = descriptor.MessageFormat.ToString(CultureInfo.InvariantCulture);
            Assert.DoesNotContain('\n', message);
            Assert.Matches(MessageShape(), message);
        });
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_page_agrees_with_the_table(string id)
    {
        Rule rule = Find(id);
        RulePage page = RulePage.Read(id);
        Assert.StartsWith($"# {id}: {rule.Title}\n", page.Head, StringComparison.Ordinal);
        Assert.Contains($"\n| {rule.Category} | {rule.Severity} | ", page.Head, StringComparison.Ordinal);
        Assert.Equal(!FixedIds.Contains(id), page.Head.Contains("| None", StringComparison.Ordinal));
        Assert.Equal(["What", "Why", "Wrong", "Right", "Configure and suppress", "Known limits"], page.SectionNames);
        Assert.Contains($"dotnet_diagnostic.{id}.severity", page["Configure and suppress"], StringComparison.Ordinal);
        Assert.Equal(rule.IsEnabledByDefault, !page["Configure and suppress"].Contains("off by default", StringComparison.Ordinal));
    }

    [Fact]
    public void The_index_agrees_with_the_table()
    {
        string index = File.ReadAllText(Path.Combine(RulePage.Folder, "README.md")).ReplaceLineEndings("\n");
        Assert.Equal(
            Analyzers.Rules.All.Select(rule =>
                $"| [{rule.Id}]({rule.Id}.md) | {rule.Title} | {rule.Category} | {rule.Severity} | {(FixedIds.Contains(rule.Id) ? "yes" : "")} |"),
            index.Split('\n').Where(line => line.StartsWith("| [LUO", StringComparison.Ordinal)));
        Assert.Equal(
            Instances<DiagnosticSuppressor>(typeof(CallbackSuppressor)).SelectMany(suppressor => suppressor.SupportedSuppressions).OrderBy(suppression => suppression.Id, StringComparer.Ordinal).Select(suppression =>
                (suppression.Id, suppression.SuppressedDiagnosticId, suppression.Justification.ToString(CultureInfo.InvariantCulture))),
            SuppressionRow().Matches(index).Select(row => (row.Groups[1].Value, row.Groups[2].Value, row.Groups[3].Value)));
    }

    [Fact]
    public void Every_rule_is_listed_by_the_mistake_that_it_finds()
    {
        string index = File.ReadAllText(Path.Combine(RulePage.Folder, "README.md")).ReplaceLineEndings("\n");
        string mistakes = index[index.IndexOf("## By mistake", StringComparison.Ordinal)..index.IndexOf("## Refactorings", StringComparison.Ordinal)];
        Assert.Equal(
            Analyzers.Rules.All.Select(rule => rule.Id),
            Listed().Matches(mistakes).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_release_files_agree_with_the_table()
    {
        string releases = Path.Combine(AppContext.BaseDirectory, "releases");
        var rows = Directory.GetFiles(releases).SelectMany(File.ReadAllLines).Where(line => line.StartsWith("LUO", StringComparison.Ordinal)).Order();
        Assert.Equal(
            Analyzers.Rules.All.Select(rule => $"{rule.Id} | {rule.Category} | {rule.Severity} | [{rule.Title}]({rule.HelpLink})"), rows);
    }

    private static Rule Find(string id) => Analyzers.Rules.All.Single(rule => rule.Id == id);

    private static IEnumerable<T> Instances<T>(Type inAssemblyOf) => inAssemblyOf.Assembly.GetTypes()
        .Where(type => !type.IsAbstract && typeof(T).IsAssignableFrom(type))
        .Select(type => (T)Activator.CreateInstance(type)!);

    // What is wrong and what comes of it; then what to do.
    [GeneratedRegex(@"\[(LUO\d{4})\]\(\1\.md\)")]
    private static partial Regex Listed();

    [GeneratedRegex(@"^.+\. [A-Z].+\.$")]
    private static partial Regex MessageShape();

    [GeneratedRegex(@"^\| (LUOSPR\d+) \| (\w+) \([^)]*\) \| (.+) \|$", RegexOptions.Multiline)]
    private static partial Regex SuppressionRow();
}
