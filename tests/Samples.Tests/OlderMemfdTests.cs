using System.Text.Json;
using LuoHandlers.Emulation;
using LuoHandlers.Orchestrator.Profiles;
using LuoHandlers.Runtime.Tests.Images;
using LuoHandlers.Uapi;
using LuoHandlers.Vfs;
using MemfdHandlerSample;

namespace LuoHandlers.Samples.Tests;

/// <summary>The memfd sample takes what an older build of it preserved.</summary>
public sealed class OlderMemfdTests
{
    public static TheoryData<string> Kernels => [.. KernelProfile.All.Select(profile => profile.Name)];

    [Fact]
    public void FilesOfAnOlderBuildSurviveARealExecIntoTheNewOne()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no exec here.");

        // What the sample tells the program after the jump.
        ProgramRun run = ProgramRun.Start(ProgramRun.OlderMemfdProgram, ProgramRun.FindSample("MemfdHandler"), "--after-update", "7.2", "0", "json");

        Assert.True(run.ExitCode == 0, run.Errors + run.Output);
        JsonElement result = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal([run.Pid, run.Pid], result.GetProperty("pids").EnumerateArray().Select(pid => pid.GetInt32()));
        JsonElement[] files = [.. result.GetProperty("files").EnumerateArray()];
        Assert.Equal(3, files.Length);
        Assert.All(files, file => Assert.True(file.GetProperty("intact").GetBoolean()));
        Assert.Equal([3L << 20, 65536, 5000], files.Select(file => file.GetProperty("size").GetInt64()));
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void AnOlderMemfdIsRetrievedAndGivenUpWholeOnEveryKernel(string name)
    {
        foreach (bool retrieves in new[] { true, false })
        {
            using Machine machine = Machine.Create(new MachineOptions { MemorySize = 64 << 20, Kernel = KernelProfile.Find(name)! });
            Kernel kernel = machine.Boot();
            kernel.RegisterFileHandler(new OldMemfdHandler());
            Memfd memfd = kernel.CreateMemfd();
            memfd.Write("what an older kernel preserved"u8);
            kernel.OpenLiveUpdate().CreateSession("s").PreserveFile(1, memfd);
            kernel.KexecToHandover();
            kernel = machine.Boot();
            kernel.RegisterFileHandler(new MemfdHandler());
            using LiveUpdateDevice device = kernel.OpenLiveUpdate();
            LiveUpdateSession session = device.RetrieveSession("s");
            if (retrieves)
            {
                Memfd retrieved = session.RetrieveFile<Memfd>(1);
                byte[] contents = new byte[retrieved.Size];
                retrieved.ReadAt(0, contents);
                Assert.Equal("what an older kernel preserved"u8, contents);
                Assert.Equal(MemfdSeals.None, retrieved.Seals);
                Assert.Equal(30, retrieved.Position);
                retrieved.Put();
            }
            session.Finish();

            Assert.Equal(Baseline(machine.Options), kernel.KexecHandover!.InheritedPageCount);
        }
    }

    [Fact]
    public void NoNewFileIsPreservedAsAnOlderOne()
    {
        using Machine machine = Machine.Create();
        Kernel kernel = machine.Boot();
        kernel.RegisterFileHandler(new MemfdHandler());
        Memfd memfd = kernel.CreateMemfd();
        memfd.Write("new"u8);
        kernel.OpenLiveUpdate().CreateSession("s").PreserveFile(1, memfd);
        kernel.KexecToHandover();

        using Inspection.HandoverReport report = Inspection.HandoverReport.Read(machine);

        Assert.Equal("memfd-v2", report.FindFile("s", 1)!.Compatible);
    }

    // What a kernel without any session inherits is what is left here.
    private static long Baseline(MachineOptions options)
    {
        using Machine machine = Machine.Create(options);
        Kernel kernel = machine.Boot();
        kernel.OpenLiveUpdate().Dispose();
        kernel = kernel.Kexec();
        kernel.OpenLiveUpdate().Dispose();
        return kernel.KexecHandover!.InheritedPageCount;
    }
}
