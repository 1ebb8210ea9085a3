using LuoHandlers.Emulation;
using LuoHandlers.Inspection;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

namespace LuoHandlers.Runtime.Tests.Images;

/// <summary>What a machine saves, another one boots from.</summary>
public sealed class SaveImageTests
{
    [Fact]
    public void A_saved_image_read_back_and_saved_again_is_the_same_file()
    {
        using Machine machine = Machine.FromImage(new MemoryStream(SmallHandover.Image));
        using var saved = new MemoryStream();
        machine.SaveImage(saved);
        Assert.Equal(SmallHandover.Image, saved.ToArray());
    }

    [Fact]
    public void Two_machines_that_did_the_same_save_the_same_file()
    {
        using Machine machine = SmallHandover.CreateRebooted();
        using var saved = new MemoryStream();
        machine.SaveImage(saved);
        Assert.Equal(SmallHandover.Image, saved.ToArray());
    }

    [Fact]
    public void A_machine_made_of_a_saved_file_goes_on_where_the_other_ended()
    {
        string path = Path.GetTempFileName();
        try
        {
            using (Machine first = SmallHandover.CreateRebooted())
                first.SaveImage(path);
            using Machine machine = Machine.FromImage(path);
            Kernel kernel = machine.Boot();
            (_, CountingFlb flb) = SmallHandover.Register(kernel);
            var agent = new Agent(kernel);
            Assert.Equal(0, kernel.Orchestrator.GetIncomingFlb(flb, out object? liveObject));
            Assert.Equal(CountingFlb.Handle, liveObject);
            int vm = agent.RetrieveSession("vm");
            Memfd memfd = agent.RetrieveMemfd(vm, 1);
            Assert.Equal(SmallHandover.LargeSize, memfd.Size);
            Assert.Equal(SmallHandover.LargeSize / 2, memfd.Position);
            Assert.Equal(0xa1, memfd.GetReadOnlySpan(0)[0]);
            Assert.Equal(100, agent.RetrieveMemfd(vm, 2).Size);
            Assert.Equal(0, agent.RetrieveMemfd(agent.RetrieveSession("db"), 1).Size);
            Assert.Equal(0, agent.Finish(vm));

            // And hands over in its turn.
            int next = agent.CreateSession("vm");
            Assert.Equal(0, agent.Preserve(next, 1, SmallHandover.CreateMemfd(kernel, Page.Size, 0xb1)));
            Kernel successor = kernel.Kexec();
            Assert.Equal(3UL, successor.Orchestrator.LiveUpdateNumber);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void The_report_of_a_rebooted_machine_is_that_of_its_image()
    {
        using Machine machine = SmallHandover.CreateRebooted();
        using HandoverReport ofMachine = HandoverReport.Read(machine);
        using HandoverReport ofImage = HandoverReport.Read(new MemoryStream(SmallHandover.Image));
        Assert.Equal(ofImage.PreservedRanges, ofMachine.PreservedRanges);
        Assert.Equal(["vm", "idle", "db"], ofMachine.Sessions.Select(session => session.Name));
        Assert.Equal([(1UL, (ulong)SmallHandover.LargeSize), (2UL, 100UL)], ofMachine.Sessions[0].Files.Select(file => (file.Token, file.Memfd!.Size)));
        Assert.Equal(ofImage.FindFile("vm", 1)!.Memfd!.ComputeSha256(), ofMachine.FindFile("vm", 1)!.Memfd!.ComputeSha256());
        Assert.Equal([new HandoverFlb("counting-flb-v1", CountingFlb.Handle, 3)], ofMachine.Flbs);
    }

    [Fact]
    public void Folios_of_2_MiB_are_saved_and_read_with_their_order()
    {
        using Machine machine = Machine.Create(new MachineOptions { MemoryBase = 0x4000_0000, MemorySize = 64 << 20 });
        Kernel kernel = machine.Boot();
        SmallHandover.Register(kernel);
        var agent = new Agent(kernel);
        Memfd memfd = SmallHandover.CreateMemfd(kernel, (2 << 20) + 1, 0xc1);
        memfd.WriteAt(2 << 20, [0xc2]);
        Assert.Equal(0, agent.Preserve(agent.CreateSession("huge"), 7, memfd));
        Assert.Equal(0, kernel.Reboot());
        using var saved = new MemoryStream();
        machine.SaveImage(saved);

        using HandoverReport report = HandoverReport.Read(saved);
        Assert.Contains(report.PreservedRanges, folio => folio.Order == 9);
        HandoverMemfd found = report.FindFile("huge", 7)!.Memfd!;
        Assert.Equal(2, found.FolioCount);
        using var contents = new MemoryStream();
        found.CopyContentsTo(contents);
        Assert.Equal((2 << 20) + 1, contents.Length);
        Assert.Equal(0xc1, contents.GetBuffer()[0]);
        Assert.Equal(0xc2, contents.GetBuffer()[2 << 20]);

        using Machine next = Machine.FromImage(saved);
        Kernel successor = next.Boot();
        SmallHandover.Register(successor);
        var nextAgent = new Agent(successor);
        byte[] last = new byte[1];
        Assert.Equal(1, nextAgent.RetrieveMemfd(nextAgent.RetrieveSession("huge"), 7).ReadAt(2 << 20, last));
        Assert.Equal(0xc2, last[0]);
    }

    [Fact]
    public void More_segments_than_the_ELF_header_can_count_are_saved_and_read()
    {
        const int Count = 70_000;
        using Machine machine = Machine.Create(new MachineOptions { MemoryBase = 0x1_0000_0000, MemorySize = 1 << 30 });
        Kernel kernel = machine.Boot();
        KexecHandover kho = kernel.KexecHandover!;
        for (int i = 0; i < Count; i++)
        {
            kho.Pages.Allocate();
            kho.AllocatePreserved(Page.Size);
        }
        Assert.Equal(0, kernel.Reboot());
        using var saved = new MemoryStream();
        machine.SaveImage(saved);
        Assert.Equal(0xffff, BitConverter.ToUInt16(saved.GetBuffer(), 56));
        saved.Position = 0;
        using HandoverReport report = HandoverReport.Read(saved);
        Assert.True(report.PreservedRanges.Count >= Count);
    }

    [Fact]
    public void Nothing_is_saved_while_a_kernel_runs_or_before_the_first()
    {
        using Machine machine = Machine.Create(new MachineOptions { MemorySize = 4 << 20 });
        Assert.Contains("no kernel of this machine was rebooted", Assert.Throws<InvalidOperationException>(() => machine.SaveImage(new MemoryStream())).Message);
        machine.Boot();
        Assert.Contains("a kernel is running", Assert.Throws<InvalidOperationException>(() => machine.SaveImage(new MemoryStream())).Message);
    }
}
