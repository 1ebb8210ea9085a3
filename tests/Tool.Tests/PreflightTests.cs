using System.Reflection;
using LuoHandlers.Emulation;

namespace LuoHandlers.Tool.Tests;

/// <summary>What a program could not take of the memory of a real kernel.</summary>
public sealed class PreflightTests : IDisposable
{
    private readonly ImageFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData(".dll")]
    public void What_would_be_lost_is_listed(string extension)
    {
        ToolRun run = ToolRun.Start("preflight", _folder.Image, FindProgram("MemfdProgram") + extension);

        // The real kernel was tested with FLBs, of which the program knows nothing; it takes all memfds.
        Assert.Equal((8, ""), (run.ExitCode, run.Error));
        Assert.Contains("memfd-v1", run.Output, StringComparison.Ordinal);
        Assert.Contains("memfd-v2", run.Output, StringComparison.Ordinal);
        Assert.Contains("Would be lost: 3\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("  the FLB \"liveupdate-test-flb-v1\": the program has nothing that retrieves it\n", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("Not checked: 0\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_are_listed_by_session_and_token()
    {
        ToolRun run = ToolRun.Start("preflight", _folder.Image, FindProgram("OlderMemfdProgram"));

        Assert.Equal((8, ""), (run.ExitCode, run.Error));
        Assert.Contains("Would be lost: 8\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("  \"memfd-v2\" of token 2 in session \"vm-42\": the program has nothing that retrieves it\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nothing_would_be_lost_all_is_well()
    {
        using Machine machine = Machine.Create(new MachineOptions { MemorySize = 16 << 20 });
        Kernel kernel = machine.Boot();
        kernel.OpenLiveUpdate().CreateSession("empty");
        kernel.KexecToHandover();
        machine.SaveImage(_folder.GetPath("empty.core"));

        ToolRun run = ToolRun.Start("preflight", _folder.GetPath("empty.core"), FindProgram("MemfdProgram"));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("Would be lost: 0\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_can_not_be_checked_is_said()
    {
        ToolRun run = ToolRun.Start("preflight", _folder.Image, typeof(object).Assembly.Location);

        Assert.Equal((4, ""), (run.ExitCode, run.Error));
        Assert.Contains("Would be lost: 0\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("does not use LuoHandlers", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_of_another_kind_is_an_error()
    {
        ToolRun run = ToolRun.Start("preflight", _folder.Image, _folder.Image);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains(_folder.Image, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_program_the_command_line_is_wrong() => Assert.Equal(2, ToolRun.Start("preflight", _folder.Image).ExitCode);

    private static string FindProgram(string key) =>
        typeof(PreflightTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == key).Value!;
}
