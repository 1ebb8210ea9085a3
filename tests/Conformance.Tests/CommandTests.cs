using System.IO.Compression;
using System.Text;

namespace LuoHandlers.Conformance.Tests;

/// <summary>The command line: what it prints, and its exit codes.</summary>
public sealed class CommandTests : IDisposable
{
    private const string Passing = """{"id":"good","kernels":[{"handlers":[],"boot_expect":{"enabled":true,"mem":[2,0]},"steps":[]}]}""";
    private const string Failing =
        """{"id":"bad","kernels":[{"handlers":[],"boot_expect":{"enabled":true,"mem":[2,0]},"steps":[{"op":"open_device","as":"d","expect":{"fd":7,"ret":0}}]}]}""";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("conformance");
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose()
    {
        _directory.Delete(recursive: true);
        _output.Dispose();
        _errors.Dispose();
    }

    [Fact]
    public void All_passed()
    {
        Assert.Equal(0, Run(WriteText($"{Passing}\n{Passing}\n")));
        Assert.Equal(["2 passed, 0 failed"], OutputLines());
    }

    [Fact]
    public void A_mismatch_is_printed_with_all_that_is_needed_to_find_it()
    {
        Assert.Equal(1, Run(WriteText($"{Passing}\n{Failing}\n")));
        Assert.Equal(["bad: boot 0, step 0 (open_device) fd: expected 7, actual 3", "1 passed, 1 failed"], OutputLines());
    }

    [Fact]
    public void A_mismatch_of_a_boot_has_no_step()
    {
        Assert.Equal(1, Run(WriteText(Passing.Replace("[2,0]", "[2,5]", StringComparison.Ordinal))));
        Assert.Equal(["good: boot 0 mem[1]: expected 5, actual 0", "0 passed, 1 failed"], OutputLines());
    }

    [Fact]
    public void Files_are_counted_together()
    {
        Assert.Equal(1, Run(WriteText(Passing, "a.jsonl"), WriteText(Failing, "b.jsonl")));
        Assert.Equal("1 passed, 1 failed", OutputLines()[^1]);
    }

    [Fact]
    public void A_compressed_file_is_read()
    {
        string path = Path.Combine(_directory.FullName, "scenarios.jsonl.gz");
        using (var compressed = new GZipStream(File.Create(path), CompressionMode.Compress))
            compressed.Write(Encoding.UTF8.GetBytes(Passing));

        Assert.Equal(0, Run(path));
        Assert.Equal(["1 passed, 0 failed"], OutputLines());
    }

    [Fact]
    public void Without_a_file_it_says_how_it_is_used()
    {
        Assert.Equal(2, Run());
        Assert.StartsWith("Usage:", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Help_is_no_error()
    {
        Assert.Equal(0, Run("--help"));
        Assert.StartsWith("Usage:", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_is_refused_by_name() => AssertBadUsage("--profile", "--profile", "7.2");

    [Fact]
    public void A_file_that_is_not_there_is_named() => AssertBadUsage("nowhere.jsonl", Path.Combine(_directory.FullName, "nowhere.jsonl"));

    [Fact]
    public void A_directory_is_named() => AssertBadUsage(_directory.FullName, _directory.FullName);

    [Fact]
    public void A_file_that_is_not_compressed_as_it_says_is_named() => AssertBadUsage("plain.gz", WriteText(Passing, "plain.gz"));

    [Fact]
    public void A_file_without_scenarios_is_named() => AssertBadUsage("empty.jsonl", WriteText("\n", "empty.jsonl"));

    private void AssertBadUsage(string named, params string[] arguments)
    {
        Assert.Equal(2, Run(arguments));
        Assert.Contains(named, _errors.ToString(), StringComparison.Ordinal);
        Assert.Empty(_output.ToString());
    }

    private int Run(params string[] arguments) => ConformanceCommand.Run(arguments, _output, _errors);

    private string[] OutputLines() => _output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    private string WriteText(string text, string name = "scenarios.jsonl")
    {
        string path = Path.Combine(_directory.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
