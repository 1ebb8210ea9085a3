using System.Reflection;

namespace LuoHandlers.Tool.Tests;

/// <summary>What the page about images shows of the tool is what the tool says.</summary>
public sealed class ImagePageTests : IDisposable
{
    private const string ImageName = "real.core";
    private const string OutputName = "ram.bin";
    private const string Prompt = "$ luo ";

    /// <summary>A line that stands for lines which the page leaves out.</summary>
    private const string Omission = "…";

    private readonly ImageFolder _folder = new();

    public static TheoryData<string> Runs
    {
        get
        {
            string[] blocks = File.ReadAllText(Path.Combine(Repository, "docs", "images-and-luo.md")).ReplaceLineEndings("\n").Split("\n```");
            return [.. blocks.Select(block => block.TrimStart('\n')).Where(block => block.StartsWith(Prompt, StringComparison.Ordinal))];
        }
    }

    private static string Repository { get; } = typeof(ImagePageTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "RepositoryDirectory")
        .Value!;

    private static string MemfdProgram { get; } = typeof(ImagePageTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "MemfdProgram")
        .Value!;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_page_shows_the_commands() => Assert.Equal(4, Runs.Count);

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_command_of_the_page_says_what_the_page_says(string shown)
    {
        string[] lines = shown.TrimEnd('\n').Split('\n');
        ToolRun run = ToolRun.Start([.. lines[0][Prompt.Length..].Split(' ').Select(ToArgument)]);
        string[] said = [.. (run.Output + run.Error).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(line => line.TrimEnd())];

        // Between two lines that the page leaves out, its lines follow one another.
        int next = 0;
        bool isOmitting = false;
        foreach (string line in lines.Skip(1))
        {
            if (line == Omission)
            {
                isOmitting = true;
                continue;
            }
            int found = isOmitting ? Array.IndexOf(said, line, next) : next;
            Assert.True(found >= 0 && found < said.Length && said[found] == line, $"The page has \"{line}\"; the tool says:\n{string.Join("\n", said[next..])}");
            next = found + 1;
            isOmitting = false;
        }
        Assert.True(isOmitting || next >= said.Length || said is [""], $"The page leaves out, without a word:\n{string.Join("\n", said.Skip(next))}");
    }

    private string ToArgument(string word) => word switch
    {
        ImageName => _folder.Image,
        OutputName => _folder.GetPath(OutputName),
        _ when word.StartsWith("samples/MemfdHandler/", StringComparison.Ordinal) => MemfdProgram,
        _ => word,
    };
}
