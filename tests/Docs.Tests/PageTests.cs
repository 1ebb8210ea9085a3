using System.IO.Compression;
using System.Xml.Linq;

namespace LuoHandlers.Docs.Tests;

/// <summary>What the documents show compiles, and where they point there is something.</summary>
public sealed class PageTests
{
    public static TheoryData<string> Names => [.. Page.Names];

    public static TheoryData<string> AllNames => [.. Page.AllNames];

    public static TheoryData<string> Commands => ["dotnet run --project samples/MemfdHandler", "dotnet test LuoHandlers.sln"];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_code_of_a_page_compiles_and_breaks_no_rule(string name)
    {
        IReadOnlyList<string> errors = await PageProgram.FindErrorsAsync(Page.Read(name), TestContext.Current.CancellationToken);
        Assert.True(errors.Count == 0, string.Join("\n", errors));
    }

    // A kind that nothing checks would be code that nobody has compiled.
    [Theory]
    [MemberData(nameof(Names))]
    public void Every_block_is_of_a_kind_that_is_known(string name) =>
        Assert.All(Page.Read(name).Blocks, block => Assert.Contains(block.Kind, (string[])["", "mermaid", "xml", CodeBlock.File, CodeBlock.Statements]));

    [Theory]
    [MemberData(nameof(Names))]
    public void Xml_is_well_formed(string name) =>
        Assert.All(Page.Read(name).Blocks.Where(block => block.Kind == "xml"), block => XElement.Parse(block.Code));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_fence_is_closed(string name)
    {
        Page page = Page.Read(name);
        Assert.Equal(2 * page.Blocks.Count, page.Text.Split('\n').Count(line => line.StartsWith("```", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(AllNames))]
    public void Local_links_lead_to_files_and_headings(string name)
    {
        Page page = Page.Read(name);
        string folder = Path.GetDirectoryName(name)!;
        Assert.All(page.LocalLinks, link =>
        {
            string target = link.Path.Length == 0 ? name : Path.GetRelativePath(Page.Repository, Path.Combine(Page.Repository, folder, link.Path));
            Assert.True(Path.Exists(Path.Combine(Page.Repository, target)), $"{name} links to {link.Path}, which is not there.");
            if (link.Heading.Length > 0)
                Assert.True(Page.Read(target).Headings.Contains(link.Heading), $"{name} links to #{link.Heading} of {target}, which has: {string.Join(", ", Page.Read(target).Headings)}.");
        });
    }

    [Fact]
    public void Headings_are_named_as_in_addresses()
    {
        var page = new Page("page.md", "# What it can't see\n\n## Images and `luo`\n\n```\n# no heading\n```\n\n## Again\n\n## Again\n");
        Assert.Equal(["again", "again-1", "images-and-luo", "what-it-cant-see"], page.Headings.Order(StringComparer.Ordinal));
    }

    // A page that no index names is found by nobody.
    [Fact]
    public void The_index_names_every_page()
    {
        IEnumerable<string> named = Page.Read("docs/README.md").LocalLinks.Select(link => "docs/" + link.Path);
        Assert.Empty(Page.Names.Where(name => name.StartsWith("docs/", StringComparison.Ordinal) && name != "docs/README.md").Except(named));
    }

    // Scenarios of all kernels are in one folder, named by their kernel.
    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/faithfulness.md")]
    public void The_number_of_scenarios_is_what_there_is(string name)
    {
        string text = Page.Read(name).Text;
        string[] files = Directory.GetFiles(Path.Combine(Page.Repository, "tests", "Conformance", "Scenarios"), "*.jsonl.gz");
        Assert.Contains($"{files.Where(IsNewest).Sum(CountLines)}", text);
        Assert.Contains($"{files.Where(file => !IsNewest(file)).Sum(CountLines)}", text);

        static bool IsNewest(string file) => Path.GetFileName(file).Contains("-7.2", StringComparison.Ordinal);

        static int CountLines(string file)
        {
            using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
            int lines = 0;
            while (reader.ReadLine() is not null)
                lines++;
            return lines;
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_readme_gives_each_main_command_once_on_a_line_of_its_own(string command) =>
        Assert.Single(Page.Read("README.md").Text.Split('\n'), command);

    [Fact]
    public async Task An_error_is_found_at_its_line_of_the_page()
    {
        var page = new Page("page.md", """
            # Page

            ```csharp
            public sealed class Disk : LuoFile;
            ```

            ```csharp statements
            var disk = new Disk();
            disk.Spin();
            ```

            ```csharp
            [LiveUpdateFileHandler("disk-v1")]
            public sealed class DiskHandler
            {
            }
            ```
            """);
        IReadOnlyList<string> errors = await PageProgram.FindErrorsAsync(page, TestContext.Current.CancellationToken);
        Assert.Contains(errors, error => error.StartsWith("page.md(9): CS1061", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.StartsWith("page.md(14): LUO1001", StringComparison.Ordinal));
    }
}
