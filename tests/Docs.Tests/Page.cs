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

    /// <summary>Where the links lead that name neither a host nor only a heading.</summary>
    public IEnumerable<string> LocalLinks => Link().Matches(Text).Select(match => match.Groups["target"].Value);

    public static Page Read(string name) => new(name, File.ReadAllText(Path.Combine(Repository, name)));

    private int LineAt(int index) => Text.AsSpan(0, index).Count('\n') + 1;

    [GeneratedRegex("^```(?<kind>[^\n`]*)\n(?<code>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\((?!https?:|#)(?<target>[^)#\s]+)")]
    private static partial Regex Link();
}
