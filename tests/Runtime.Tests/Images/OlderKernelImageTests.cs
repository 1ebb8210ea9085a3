using LuoHandlers.Emulation;
using LuoHandlers.Inspection;
using LuoHandlers.Orchestrator.Profiles;

namespace LuoHandlers.Runtime.Tests.Images;

/// <summary>Images of kernels with the older formats are recognised by what is in them.</summary>
public sealed class OlderKernelImageTests
{
    [Theory]
    [InlineData("6.19")]
    [InlineData("6.19.y")]
    [InlineData("7.0")]
    [InlineData("7.0.y")]
    public void The_report_reads_the_format_of_the_kernel_that_wrote_it(string kernelName)
    {
        using var image = new MemoryStream(Save(KernelProfile.Find(kernelName)!));
        using HandoverReport report = HandoverReport.Read(image);
        Assert.Equal(("kho-v1", "luo-v1", 1UL), (report.KhoCompatible, report.LuoCompatible!, report.LiveUpdateNumber!.Value));
        Assert.Equal(["old", "empty"], report.Sessions.Select(session => session.Name));
        HandoverFile file = Assert.Single(report.Sessions[0].Files);
        Assert.Equal(("memfd-v1", 5UL), (file.Compatible, file.Token));
        HandoverMemfd memfd = file.Memfd!;
        Assert.Equal((50UL, 100UL, null, null), (memfd.Position, memfd.Size, memfd.Seals, memfd.Flags));
        using var contents = new MemoryStream();
        memfd.CopyContentsTo(contents);
        Assert.Equal([0xd1, .. new byte[99]], contents.ToArray());
        Assert.Equal(kernelName.StartsWith("7.0", StringComparison.Ordinal) ? ["counting-flb-v1"] : [], report.Flbs.Select(flb => flb.Name));
    }

    [Theory]
    [InlineData("6.19")]
    [InlineData("7.0")]
    public void The_root_is_found_and_the_same_kernel_boots(string kernelName)
    {
        KernelProfile profile = KernelProfile.Find(kernelName)!;
        var editor = new ImageEditor(Save(profile));
        editor.RemoveNote();
        using Machine machine = Machine.FromImage(editor.ToStream(), new MachineOptions { Kernel = profile });
        Assert.Equal(editor.Root, machine.HandoverRoot.Value);
        Kernel kernel = machine.Boot();
        kernel.RegisterFileHandler(new OldMemfdHandler());
        var agent = new Agent(kernel);
        Assert.True(agent.RetrieveSession("old") >= 0);
    }

    [Fact]
    public void A_kernel_of_another_format_boots_without_what_was_handed_over()
    {
        using Machine machine = Machine.FromImage(new MemoryStream(Save(KernelProfile.Linux7_0)));
        Assert.Equal(1UL, machine.Boot().Orchestrator.LiveUpdateNumber);
    }

    private static byte[] Save(KernelProfile profile)
    {
        using Machine machine = Machine.Create(new MachineOptions { Kernel = profile, MemorySize = 4 << 20 });
        Kernel kernel = machine.Boot();
        var handler = new OldMemfdHandler();
        kernel.RegisterFileHandler(handler);
        if (profile.Flbs != FlbRules.None)
            Assert.Equal(0, kernel.Orchestrator.RegisterFlb(handler, new CountingFlb()));
        var agent = new Agent(kernel);
        Assert.Equal(0, agent.Preserve(agent.CreateSession("old"), 5, SmallHandover.CreateMemfd(kernel, 100, 0xd1)));
        Assert.True(agent.CreateSession("empty") >= 0);
        Assert.Equal(0, kernel.Reboot());
        using var saved = new MemoryStream();
        machine.SaveImage(saved);
        return saved.ToArray();
    }
}
