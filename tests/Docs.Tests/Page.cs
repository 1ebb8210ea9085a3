using System.Reflection;
using System.Text.RegularExpressions;

namespace LuoHandlers.Docs.Tests;

/// <summary>A document of the repository. The pages of the rules have tests of their own, in Analyzers.Tests.</summary>
internal sealed partial class Page
{
    public Page(string name, string text)
    {
        Name = name;
        Text = text.ReplaceLineEndings("\n");
        Blocks = [.. Fence().Matches(Text).Select(match => new CodeBlock(match.Groups["kind"].Value, LineAt(match.Groups["code"].Index), match.Groups["code"].Value))];
    }

    public static string Repository { get; } = typeof(Page).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "RepositoryDirectory")
        .Value!;

    /// <summary>The names of all pages, relative to the repository.</summary>
    public static IEnumerable<string> Names =>
        Directory.GetFiles(Repository, "*.md")
            .Concat(Directory.GetFiles(Path.Combine(Repository, "docs"), "*.md"))
            .Select(path => Path.GetRelativePath(Repository, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    public string Name { get; }

    public string Text { get; }

    /// <summary>All fenced blocks, in order.</summary>
    public IReadOnlyList<CodeBlock> Blocks { get; }

    /// <summary>All documents of the repository, those of the rules, of the API and of tests included.</summary>
    public static IEnumerable<string> AllNames =>
        Directory.GetFiles(Repository, "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository, path).Replace('\\', '/'))
            .Where(name => !name.Split('/').Any(folder => folder is "bin" or "obj" or "artifacts" or "TestResults" or "BenchmarkDotNet.Artifacts"))
            .Order(StringComparer.Ordinal);

    /// <summary>Where the links lead that name no host, each with the heading that it names.</summary>
    public IEnumerable<(string Path, string Heading)> LocalLinks =>
        Link().Matches(Fence().Replace(Text, "")).Select(match => (match.Groups["path"].Value, match.Groups["heading"].Value));

    /// <summary>What a link can name of this page: its headings as GitHub writes them in an address.</summary>
    public IReadOnlySet<string> Headings
    {
        get
        {
            var headings = new HashSet<string>();
            foreach (Match match in Heading().Matches(Fence().Replace(Text, "")))
            {
                string name = NotInAddress().Replace(match.Groups["text"].Value.ToLowerInvariant(), "").Replace(' ', '-');
                string unique = name;
                for (int i = 1; !headings.Add(unique); i++)
                    unique = $"{name}-{i}";
            }
            return headings;
        }
    }

    public static Page Read(string name) => new(name, File.ReadAllText(Path.Combine(Repository, name)));

    private int LineAt(int index) => Text.AsSpan(0, index).Count('\n') + 1;

    [GeneratedRegex("^```(?<kind>[^\n`]*)\n(?<code>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\((?!https?:)(?<path>[^)#\s]*)(#(?<heading>[^)\s]+))?\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N}\p{Mn} _-]")]
    private static partial Regex NotInAddress();
}
