using LuoHandlers.Emulation;
using LuoHandlers.Orchestrator.Profiles;
using LuoHandlers.Uapi;

namespace LuoHandlers.Tool.Tests;

/// <summary>An image is read as the kernel would that is asked for, or as the newest one that can.</summary>
public sealed class KernelOptionTests : IDisposable
{
    private readonly ImageFolder _folder = new();

    public static TheoryData<string> Kernels => [.. KernelProfile.All.Select(profile => profile.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kernels))]
    public void The_kernel_that_wrote_an_image_reads_what_is_recognised_without_it(string kernel)
    {
        string path = Save(kernel);
        ToolRun recognised = ToolRun.Start("inspect", path, "--json");
        Assert.Equal(0, recognised.ExitCode);
        Assert.Contains($"session of {kernel}", recognised.Output);
        Assert.Equal(recognised.Output, ToolRun.Start("inspect", path, "--json", "--kernel", kernel).Output);
    }

    [Theory]
    [InlineData("7.2", "6.19", "\"kho-v4\", and only \"kho-v1\" is taken")]
    [InlineData("7.0", "7.2", "\"kho-v1\", and only \"kho-v4\" is taken")]
    [InlineData("6.19", "7.0", "would make Linux 7.0 panic")]
    public void A_kernel_that_could_not_boot_from_it_ends_with_1_and_the_reason(string writer, string reader, string reason)
    {
        string path = Save(writer);
        foreach (string[] command in (string[][])[["inspect", path], ["extract", path, "session", "1", "-o", _folder.GetPath("file")]])
        {
            ToolRun run = ToolRun.Start([.. command, "--kernel", reader]);
            Assert.Equal(1, run.ExitCode);
            Assert.Contains(reason, run.Error);
            Assert.Empty(run.Output);
        }
    }

    [Fact]
    public void An_older_kernel_takes_what_a_newer_one_of_its_format_wrote_without_the_rest()
    {
        ToolRun run = ToolRun.Start("inspect", Save("7.0"), "--kernel", "6.19");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("session of 7.0", run.Output);
    }

    [Fact]
    public void An_unknown_kernel_is_told_which_there_are()
    {
        ToolRun run = ToolRun.Start("inspect", _folder.Image, "--kernel", "6.18");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("\"6.18\" is no kernel that is known here: 6.19, 6.19.y, 7.0, 7.0.y, 7.2.", run.Error);
    }

    private string Save(string kernel)
    {
        using Machine machine = Machine.Create(new MachineOptions { Kernel = KernelProfile.Find(kernel)!, MemorySize = 4 << 20 });
        Kernel running = machine.Boot();
        using (LiveUpdateDevice device = running.OpenLiveUpdate())
            device.CreateSession($"session of {kernel}");
        running.KexecToHandover();
        string path = _folder.GetPath("saved");
        machine.SaveImage(path);
        return path;
    }
}
