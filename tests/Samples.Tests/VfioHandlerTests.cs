using LuoHandlers.Emulation;
using LuoHandlers.Handlers;
using LuoHandlers.Inspection;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator.Profiles;
using LuoHandlers.Uapi;
using LuoHandlers.Vfs;
using MemfdHandlerSample;
using VfioHandlerSample;

namespace LuoHandlers.Samples.Tests;

/// <summary>The sample of files that depend on each other, on every kernel that has FLBs, in every order, and with every allocation failing once.</summary>
public sealed class VfioHandlerTests
{
    private const ulong Memory = 1;
    private const ulong Ring = 2;
    private const ulong Iommu = 3;
    private const ulong Device = 4;

    public static TheoryData<string> Kernels => [.. KernelProfile.All.Where(profile => profile.Flbs != FlbRules.None).Select(profile => profile.Name)];

    public static TheoryData<string, ulong[]> Orders => [.. Kernels.SelectMany(kernel => Permute([Memory, Ring, Iommu, Device]), (kernel, order) => new TheoryDataRow<string, ulong[]>(kernel.Data, order))];

    [Theory]
    [InlineData]
    [InlineData("--in-process")]
    public void TheProgramCarriesItsMachineThroughALiveUpdate(params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || arguments.Length > 0, "There is no exec here.");

        ProgramRun run = ProgramRun.Start(ProgramRun.FindSample("VfioHandler"), arguments);

        Assert.True(run.ExitCode == 0, run.Errors + run.Output);
        Assert.Equal(2, run.Output.Split($"in process {run.Pid}.").Length - 1);
        Assert.Contains("All is intact, and the device does request 1001.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AWrongCommandLineIsRefused() => Assert.Equal(2, ProgramRun.Start(ProgramRun.FindSample("VfioHandler"), "--what").ExitCode);

    [Theory]
    [MemberData(nameof(Orders))]
    public void AllFilesComeBackInEveryOrderAndNothingIsLeft(string name, ulong[] order)
    {
        using Machine machine = Create(name);
        Preserve(machine);
        Kernel kernel = Boot(machine);
        using LiveUpdateDevice agent = kernel.OpenLiveUpdate();
        using LiveUpdateSession session = agent.RetrieveSession("s");

        Dictionary<ulong, LuoFile> files = order.ToDictionary(token => token, token => session.RetrieveFile<LuoFile>(token));

        var iommu = (Iommufd)files[Iommu];
        var device = (VfioDevice)files[Device];
        Assert.Same(files[Memory], iommu.Memory);
        Assert.Equal([new IommuMapping(0x1000, 0, 8192, 0), new IommuMapping(0x9000, 4096, 4096, 0)], iommu.Mappings);
        Assert.Same(iommu, device.Iommu);
        Assert.Same(files[Ring], device.Ring);
        Assert.Equal((new PciAddress(0x12345, 3, 8), 5UL), (device.Address, device.DoneCount));
        Assert.Equal(Errno.EBUSY, session.TryFinish());
        device.Resume();
        session.Finish();
        foreach (LuoFile file in files.Values)
            file.Put();
        Assert.All(files.Values, file => Assert.Equal(0, file.ReferenceCount));
        Assert.Equal(Baseline(name), kernel.KexecHandover!.InheritedPageCount);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void FilesThatNobodyRetrievesAreGivenUpWhole(string name)
    {
        using Machine machine = Create(name);
        Preserve(machine);
        Kernel kernel = Boot(machine);
        // As drivers do when the kernel boots.
        PciFlb.GetIncoming(kernel).Dispose();
        IommuFlb.GetIncoming(kernel).Dispose();
        using LiveUpdateDevice agent = kernel.OpenLiveUpdate();
        agent.RetrieveSession("s").Dispose();

        Assert.Equal(Baseline(name), kernel.KexecHandover!.InheritedPageCount);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void ClosingTheSessionTakesEverythingBack(string name)
    {
        using Machine machine = Create(name);
        Kernel kernel = Boot(machine);
        using LiveUpdateDevice agent = kernel.OpenLiveUpdate();
        LuoFile[] files = CreateFiles(kernel);
        long before = kernel.KexecHandover!.PreservedPageCount;

        for (int time = 0; time < 2; time++)
        {
            using (LiveUpdateSession session = agent.CreateSession("s"))
            {
                for (int i = 0; i < files.Length; i++)
                    session.PreserveFile((ulong)i + 1, files[i]);
                Assert.True(((VfioDevice)files[3]).IsPinned);
                Assert.Throws<ErrnoException>(() => ((Iommufd)files[2]).Map(new IommuMapping(0, 0, 1, 0)));
            }
            Assert.False(((VfioDevice)files[3]).IsPinned);
            Assert.Equal(before, kernel.KexecHandover.PreservedPageCount);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void WhatIsDependedOnMustBePreservedFirst(int file)
    {
        using Machine machine = Create("7.2");
        Kernel kernel = Boot(machine);
        using LiveUpdateDevice agent = kernel.OpenLiveUpdate();
        using LiveUpdateSession session = agent.CreateSession("s");
        LuoFile[] files = CreateFiles(kernel);
        long before = kernel.KexecHandover!.PreservedPageCount;

        Assert.Equal(Errno.ENOENT, Assert.Throws<LuoException>(() => session.PreserveFile(9, files[file])).Errno);

        Assert.Equal(before, kernel.KexecHandover.PreservedPageCount);
        for (int i = 0; i < files.Length; i++)
            session.PreserveFile((ulong)i + 1, files[i]);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void APreserveThatFailsAtAnyAllocationLeavesNothingBehind(string name)
    {
        int failures = 0;
        foreach (FaultPoint point in new[] { FaultPoint.KhoAllocation, FaultPoint.KernelAllocation })
        {
            for (int nth = 0; ; nth++)
            {
                using Machine machine = Create(name);
                Kernel kernel = Boot(machine);
                using LiveUpdateDevice agent = kernel.OpenLiveUpdate();
                LuoFile[] files = CreateFiles(kernel);
                long before = kernel.KexecHandover!.PreservedPageCount;
                kernel.Faults.FailNext(point, nth);
                bool hasFailed = false;
                using (LiveUpdateSession session = CreateSession(agent, ref hasFailed))
                {
                    for (int i = 0; i < files.Length; i++)
                    {
                        try
                        {
                            session.PreserveFile((ulong)i + 1, files[i]);
                        }
                        catch (LuoException e) when (e.Errno == Errno.ENOMEM)
                        {
                            // Once: the second time it goes through.
                            Assert.False(hasFailed);
                            hasFailed = true;
                            i--;
                        }
                    }
                }
                Assert.Equal(before, kernel.KexecHandover.PreservedPageCount);
                Assert.All(files, file => Assert.True(file.ReferenceCount > 0));
                if (!hasFailed)
                    break;
                failures++;
            }
        }
        // Of the session, two memfds, the iommufd, the device and the two FLBs: states, lists and their pages.
        Assert.InRange(failures, 15, 60);
    }

    [Fact]
    public void AFreezeThatFailsInAnotherFileLetsTheDeviceGoOn()
    {
        using Machine machine = Create("7.2");
        Kernel kernel = Boot(machine);
        kernel.RegisterFileHandler(new RefusingHandler());
        LiveUpdateSession session = kernel.OpenLiveUpdate().CreateSession("s");
        LuoFile[] files = CreateFiles(kernel);
        for (int i = 0; i < files.Length; i++)
            session.PreserveFile((ulong)i + 1, files[i]);
        session.PreserveFile(9, new RefusedFile());

        Assert.Throws<ErrnoException>(kernel.KexecToHandover);

        Assert.True(((VfioDevice)files[3]).TryKick());
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void AnOlderDeviceIsRetrievedWithAllThatItDependsOn(string name)
    {
        using Machine machine = Create(name);
        Kernel kernel = machine.Boot();
        foreach (ILiveUpdateFileHandler handler in new ILiveUpdateFileHandler[] { new MemfdHandler(), new IommufdHandler(), new OlderVfioHandler() })
            kernel.RegisterFileHandler(handler);
        LiveUpdateSession session = kernel.OpenLiveUpdate().CreateSession("s");
        LuoFile[] files = CreateFiles(kernel);
        for (int i = 0; i < files.Length; i++)
            session.PreserveFile((ulong)i + 1, files[i]);
        kernel.KexecToHandover();
        using (HandoverReport report = HandoverReport.Read(machine))
            Assert.Equal("vfio-v1", report.FindFile("s", Device)!.Compatible);

        kernel = Boot(machine);
        using LiveUpdateDevice agent = kernel.OpenLiveUpdate();
        using LiveUpdateSession retrieved = agent.RetrieveSession("s");
        VfioDevice device = retrieved.RetrieveFile<VfioDevice>(Device);

        Assert.Equal((new PciAddress(0x2345, 3, 8), 5UL), (device.Address, device.DoneCount));
        Assert.Same(retrieved.RetrieveFile<Iommufd>(Iommu), device.Iommu);
        device.Resume();
        retrieved.Finish();
        Assert.Equal(Baseline(name), kernel.KexecHandover!.InheritedPageCount);
    }

    private static LiveUpdateSession CreateSession(LiveUpdateDevice agent, ref bool hasFailed)
    {
        try
        {
            return agent.CreateSession("s");
        }
        catch (LuoException e) when (e.Errno == Errno.ENOMEM)
        {
            hasFailed = true;
            return agent.CreateSession("s");
        }
    }

    private static Machine Create(string kernel) => Machine.Create(new MachineOptions { MemorySize = 64 << 20, Kernel = KernelProfile.Find(kernel)! });

    private static Kernel Boot(Machine machine)
    {
        Kernel kernel = machine.Boot();
        foreach (ILiveUpdateFileHandler handler in new ILiveUpdateFileHandler[] { new MemfdHandler(), new IommufdHandler(), new VfioHandler() })
            kernel.RegisterFileHandler(handler);
        return kernel;
    }

    /// <summary>Memory, ring, iommufd and device, in the order of their tokens.</summary>
    private static LuoFile[] CreateFiles(Kernel kernel, uint segment = 0x2345)
    {
        Memfd memory = kernel.CreateMemfd();
        memory.SetSize(16384);
        memory.WriteAt(0, "guest"u8);
        Memfd ring = kernel.CreateMemfd();
        ring.WriteAt(0, "ring"u8);
        var iommu = new Iommufd(memory, new IommuDomain(7));
        iommu.Map(new IommuMapping(0x1000, 0, 8192, 0));
        iommu.Map(new IommuMapping(0x9000, 4096, 4096, 0));
        return [memory, ring, iommu, new VfioDevice(new PciAddress(segment, 3, 8), iommu, ring)];
    }

    /// <summary>Preserves all files, lets the device work, and freezes.</summary>
    private static void Preserve(Machine machine)
    {
        Kernel kernel = Boot(machine);
        LiveUpdateSession session = kernel.OpenLiveUpdate().CreateSession("s");
        LuoFile[] files = CreateFiles(kernel, 0x12345);
        for (int i = 0; i < files.Length; i++)
            session.PreserveFile((ulong)i + 1, files[i]);
        for (int i = 0; i < 5; i++)
            ((VfioDevice)files[3]).TryKick();
        kernel.KexecToHandover();
    }

    // What a kernel without any session inherits is what is left here.
    private static long Baseline(string name)
    {
        using Machine machine = Create(name);
        Kernel kernel = Boot(machine);
        kernel.OpenLiveUpdate().Dispose();
        kernel.KexecToHandover();
        kernel = Boot(machine);
        kernel.OpenLiveUpdate().Dispose();
        return kernel.KexecHandover!.InheritedPageCount;
    }

    private static IEnumerable<ulong[]> Permute(ulong[] items) => items.Length == 1
        ? [items]
        : items.SelectMany(first => Permute([.. items.Where(item => item != first)]), (first, rest) => (ulong[])[first, .. rest]);
}
