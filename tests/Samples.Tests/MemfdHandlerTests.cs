using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using LuoHandlers.Emulation;
using LuoHandlers.Inspection;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator.Events;
using LuoHandlers.Orchestrator.Profiles;
using LuoHandlers.Uapi;
using LuoHandlers.Vfs;
using MemfdHandlerSample;

namespace LuoHandlers.Samples.Tests;

/// <summary>The sample's handler, on every kernel, on the memory of a real one, and with every allocation failing once.</summary>
public sealed class MemfdHandlerTests
{
    public static TheoryData<string> Kernels => [.. KernelProfile.All.Select(profile => profile.Name)];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void MemfdsSurviveOnEveryKernel(string name)
    {
        using Machine machine = Machine.Create(new MachineOptions { MemorySize = 64 << 20, Kernel = KernelProfile.Find(name)! });
        Kernel kernel = Boot(machine);
        using LiveUpdateDevice device = kernel.OpenLiveUpdate();
        LiveUpdateSession session = device.CreateSession("memfds");
        Memfd[] memfds =
        [
            Create(kernel, 0),
            Create(kernel, 5_000, position: 5_000, MemfdSeals.Shrink | MemfdSeals.Grow),
            Create(kernel, 5 << 20, position: 100, MemfdSeals.All),
        ];
        byte[][] hashes = [.. memfds.Select(Hash)];
        for (int i = 0; i < memfds.Length; i++)
            session.PreserveFile((ulong)i, memfds[i]);
        (long Size, long Position, MemfdSeals Seals)[] properties = [.. memfds.Select(memfd => (memfd.Size, memfd.Position, memfd.Seals))];

        kernel.KexecToHandover();
        kernel = Boot(machine);
        using LiveUpdateDevice next = kernel.OpenLiveUpdate();
        using LiveUpdateSession retrieved = next.RetrieveSession("memfds");
        for (int i = 0; i < memfds.Length; i++)
        {
            Memfd memfd = retrieved.RetrieveFile<Memfd>((ulong)i);
            Assert.Equal(properties[i], (memfd.Size, memfd.Position, memfd.Seals));
            Assert.Equal(hashes[i], Hash(memfd));
            memfd.Put();
        }
        retrieved.Finish();
    }

    [Fact]
    public void AFileThatNobodyRetrievesIsGivenUpWhole()
    {
        using Machine machine = Machine.Create(new MachineOptions { MemorySize = 64 << 20 });
        Kernel kernel = Boot(machine);
        kernel.OpenLiveUpdate().CreateSession("s").PreserveFile(1, Create(kernel, 3 << 20));
        kernel.KexecToHandover();
        kernel = Boot(machine);
        using LiveUpdateDevice device = kernel.OpenLiveUpdate();
        device.RetrieveSession("s").Dispose();

        // Linux never frees the inherited page of FLBs.
        Assert.Equal(1, kernel.KexecHandover!.InheritedPageCount);
    }

    [Fact]
    public void APreserveThatFailsAtAnyAllocationLeavesNothingBehind()
    {
        int failures = 0;
        for (int nth = 0; ; nth++)
        {
            using Machine machine = Machine.Create(new MachineOptions { MemorySize = 64 << 20 });
            Kernel kernel = Boot(machine);
            Memfd memfd = Create(kernel, 9_000);
            LiveUpdateSession session = kernel.OpenLiveUpdate().CreateSession("s");
            long preserved = kernel.KexecHandover!.PreservedPageCount;
            int descriptor = kernel.OpenFile(() => memfd);
            kernel.Faults.FailNext(FaultPoint.KhoAllocation, nth);
            if (session.TryPreserveFd(1, descriptor) == Errno.None)
                break;
            failures++;
            Assert.Equal(preserved, kernel.KexecHandover.PreservedPageCount);
            memfd.SetSize(10_000);
            Assert.Equal(Errno.None, session.TryPreserveFd(1, descriptor));
        }
        // The session's block, the state, the list of pages and its one page.
        Assert.Equal(4, failures);
    }

    [Theory]
    [InlineData("a folio is the list of pages")]
    [InlineData("a folio is the page with the folios")]
    [InlineData("a folio is the state")]
    [InlineData("the last folio is the first")]
    public void AFolioThatIsSomethingElseIsRefusedAndOnlyWhatNothingNamesStays(string fault)
    {
        using Machine machine = CreateHostile(fault, out _);
        Kernel kernel = Boot(machine);
        using LiveUpdateDevice device = kernel.OpenLiveUpdate();
        var events = new List<LuoEvent>();
        kernel.EventRaised += events.Add;
        using LiveUpdateSession session = device.RetrieveSession("s");
        Assert.Equal(Errno.EINVAL, session.TryRetrieveFd(1, out _));
        Assert.Contains("is not the start of memory inherited", Assert.Single(events.OfType<KernelWarningEvent>()).Message);
        session.Finish();
        // The page of FLBs, and the folio whose place in the list was taken.
        Assert.Equal(2, kernel.KexecHandover!.InheritedPageCount);
        Assert.Equal(Boot(machine.Options).Pages.AllocatedPageCount + 2, kernel.Pages.AllocatedPageCount);
    }

    [Theory]
    [InlineData("the list is the state", 6)]
    [InlineData("a folio is the list of pages", 2)]
    [InlineData("a folio is the state", 2)]
    public void WhatNobodyRetrievesIsGivenUpAsFarAsItCanBe(string fault, int left)
    {
        using Machine machine = CreateHostile(fault, out _);
        Kernel kernel = Boot(machine);
        using LiveUpdateDevice device = kernel.OpenLiveUpdate();
        device.RetrieveSession("s").Dispose();
        Assert.Equal(left, kernel.KexecHandover!.InheritedPageCount);
    }

    [Fact]
    public void AListThatIsTheStateItselfIsRefused()
    {
        using Machine machine = CreateHostile("the list is the state", out ulong state);
        Kernel kernel = Boot(machine);
        using LiveUpdateDevice device = kernel.OpenLiveUpdate();
        using LiveUpdateSession session = device.RetrieveSession("s");
        Assert.Equal(Errno.EINVAL, session.TryRetrieveFd(1, out _));
        session.Finish();
        Assert.False(kernel.KexecHandover!.TryFindInherited(new PhysicalAddress(state), out _));
    }

    [Fact]
    public void AMemfdOfAnotherKernelIsRefused()
    {
        using Machine machine = Machine.Create(new MachineOptions { MemorySize = 64 << 20 });
        using Machine other = Machine.Create(machine.Options);
        Kernel kernel = Boot(machine);
        int descriptor = kernel.OpenFile(() => Create(Boot(other), 100));
        Assert.Equal(Errno.EINVAL, kernel.OpenLiveUpdate().CreateSession("s").TryPreserveFd(1, descriptor));
    }

    [Fact]
    public void EveryMemfdOfARealKernelComesBack()
    {
        using Stream image = new MemoryStream(Unpack("linux-7.2-small.core.gz"));
        using Machine machine = Machine.FromImage(image);
        Kernel kernel = Boot(machine);
        using LiveUpdateDevice device = kernel.OpenLiveUpdate();
        using JsonDocument expected = JsonDocument.Parse(Resource("linux-7.2-small.json"));
        int count = 0;
        foreach (JsonElement session in expected.RootElement.GetProperty("sessions").EnumerateArray())
        {
            using LiveUpdateSession retrieved = device.RetrieveSession(session.GetProperty("name").GetString()!);
            foreach (JsonElement file in session.GetProperty("files").EnumerateArray())
            {
                JsonElement properties = file.GetProperty("memfd");
                Memfd memfd = retrieved.RetrieveFile<Memfd>(Convert.ToUInt64(file.GetProperty("token").GetString(), 16));
                Assert.Equal(properties.GetProperty("pos").GetInt64(), memfd.Position);
                Assert.Equal(properties.GetProperty("size").GetInt64(), memfd.Size);
                Assert.Equal(properties.GetProperty("seals").GetUInt32(), (uint)memfd.Seals);
                Assert.Equal(properties.GetProperty("sha256").GetString(), Convert.ToHexStringLower(Hash(memfd)));
                memfd.Put();
                count++;
            }
            retrieved.Finish();
        }
        Assert.Equal(5, count);
    }

    /// <summary>A machine that hands over a memfd of three pages, in whose memory something was changed.</summary>
    private static Machine CreateHostile(string fault, out ulong stateAddress)
    {
        Machine machine = Machine.Create(new MachineOptions { MemorySize = 64 << 20 });
        Kernel kernel = Boot(machine);
        kernel.OpenLiveUpdate().CreateSession("s").PreserveFile(1, Create(kernel, 9_000));
        kernel.KexecToHandover();
        using (HandoverReport report = HandoverReport.Read(machine))
            stateAddress = report.FindFile("s", 1)!.Data;
        Span<ulong> state = Words(stateAddress);
        ref ulong first = ref state[4];
        Span<ulong> list = Words(first);
        Span<ulong> folios = Words(list[1]);
        switch (fault)
        {
            case "the list is the state":
                first = stateAddress;
                break;
            case "a folio is the list of pages":
                SetPage(folios, 2, first);
                break;
            case "a folio is the page with the folios":
                SetPage(folios, 2, list[1]);
                break;
            case "a folio is the state":
                SetPage(folios, 2, stateAddress);
                break;
            case "the last folio is the first":
                folios[4] = folios[0];
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault, null);
        }
        return machine;

        Span<ulong> Words(ulong address) => MemoryMarshal.Cast<byte, ulong>(machine.Memory.GetSpan(new PhysicalAddress(address), Page.Size));

        static void SetPage(Span<ulong> folios, int index, ulong address) => folios[2 * index] = (folios[2 * index] & ~((1UL << 52) - 1)) | (address >> Page.Shift);
    }

    private static Kernel Boot(MachineOptions options)
    {
        using Machine machine = Machine.Create(options);
        return Boot(machine);
    }

    private static Kernel Boot(Machine machine)
    {
        Kernel kernel = machine.Boot();
        kernel.RegisterFileHandler(new MemfdHandler());
        return kernel;
    }

    private static Memfd Create(Kernel kernel, int size, long position = 0, MemfdSeals seals = MemfdSeals.None)
    {
        Memfd memfd = kernel.CreateMemfd();
        byte[] contents = new byte[size];
        new Random(size).NextBytes(contents);
        memfd.Write(contents);
        memfd.Position = position;
        memfd.AddSeals(seals);
        return memfd;
    }

    private static byte[] Hash(Memfd memfd)
    {
        byte[] contents = new byte[memfd.Size];
        Assert.Equal(contents.Length, memfd.ReadAt(0, contents));
        return SHA256.HashData(contents);
    }

    private static Stream Resource(string name) => typeof(MemfdHandlerTests).Assembly.GetManifestResourceStream(name)!;

    private static byte[] Unpack(string name)
    {
        using var unpacked = new MemoryStream();
        using (var packed = new GZipStream(Resource(name), CompressionMode.Decompress))
            packed.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}
