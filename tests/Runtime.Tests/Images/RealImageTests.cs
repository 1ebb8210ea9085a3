using System.Text.Json;
using LuoHandlers.Emulation;
using LuoHandlers.Inspection;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator.Events;
using LuoHandlers.Vfs;

namespace LuoHandlers.Runtime.Tests.Images;

/// <summary>The emulated kernel takes over from a real one.</summary>
public sealed class RealImageTests
{
    [Fact]
    public void The_image_of_a_real_kernel_boots_and_gives_all_its_memfds()
    {
        using Machine machine = Machine.FromImage(new MemoryStream(RealImage.Bytes));
        Kernel kernel = machine.Boot();
        kernel.RegisterFileHandler(new MemfdHandler());
        var agent = new Agent(kernel);
        Assert.True(agent.Device >= 0);
        Assert.Equal("7.2.13", kernel.KexecHandover!.IncomingMetadata!.Release);
        Assert.Equal(2UL, kernel.Orchestrator.LiveUpdateNumber);

        int checkedFiles = 0;
        foreach (JsonElement session in RealImage.Description.GetProperty("sessions").EnumerateArray())
        {
            int descriptor = agent.RetrieveSession(session.GetProperty("name").GetString()!);
            Assert.True(descriptor >= 0);
            foreach (JsonElement file in session.GetProperty("files").EnumerateArray())
            {
                Memfd memfd = agent.RetrieveMemfd(descriptor, RealImage.Number(file.GetProperty("token")));
                JsonElement expected = file.GetProperty("memfd");
                Assert.Equal(expected.GetProperty("pos").GetInt64(), memfd.Position);
                Assert.Equal(expected.GetProperty("size").GetInt64(), memfd.Size);
                Assert.Equal(expected.GetProperty("seals").GetUInt32(), (uint)memfd.Seals);
                byte[] contents = new byte[memfd.Size];
                Assert.Equal(contents.Length, memfd.ReadAt(0, contents));
                Assert.Equal(expected.GetProperty("sha256").GetString(), Sha256(contents));
                checkedFiles++;
            }
            Assert.Equal(0, agent.Finish(descriptor));
            Assert.Equal(0, kernel.Close(descriptor));
        }
        Assert.Equal(5, checkedFiles);
        // All that is left is the page of FLBs, which no kernel frees.
        Assert.Equal(1, kernel.KexecHandover.InheritedPageCount);
        Assert.DoesNotContain(kernel.BootEvents, entry => entry is KernelWarningEvent);
    }

    [Fact]
    public void The_report_of_a_real_image_says_what_its_description_says()
    {
        using HandoverReport report = HandoverReport.Read(new MemoryStream(RealImage.Bytes));
        JsonElement description = RealImage.Description;

        Assert.Equal(description.GetProperty("kho").GetString(), report.KhoCompatible);
        Assert.Equal(RealImage.Number(description.GetProperty("khoFdt")), report.RootAddress.Value);
        Assert.Equal(description.GetProperty("luo").GetString(), report.LuoCompatible);
        Assert.Equal(description.GetProperty("liveupdateNumber").GetUInt64(), report.LiveUpdateNumber);
        Assert.Equal(
            description.GetProperty("preservedPages").EnumerateArray().Select(page => (RealImage.Number(page[0]), page[1].GetInt32())),
            report.PreservedRanges.Select(folio => (folio.Address.Value, folio.Order)));
        Assert.Equal(
            description.GetProperty("flbs").EnumerateArray().Select(flb => new HandoverFlb(
                flb.GetProperty("name").GetString()!, RealImage.Number(flb.GetProperty("data")), flb.GetProperty("count").GetUInt64())),
            report.Flbs);
        Assert.Equal(
            description.GetProperty("sessions").EnumerateArray().SelectMany(Describe),
            report.Sessions.SelectMany(Describe));
    }

    [Fact]
    public void A_real_image_saved_again_is_the_same_file()
    {
        using Machine machine = Machine.FromImage(new MemoryStream(RealImage.Bytes));
        using var saved = new MemoryStream();
        machine.SaveImage(saved);
        Assert.Equal(RealImage.Bytes, saved.ToArray());
    }

    [Fact]
    public void The_memory_of_a_real_image_is_where_the_image_has_it()
    {
        using Machine machine = Machine.FromImage(new MemoryStream(RealImage.Bytes));
        Assert.Equal(new PhysicalAddress(0x48f000), machine.HandoverRoot);
        Assert.Equal(0x48b000UL, machine.Memory.BaseAddress.Value);
        Assert.Equal(machine.Options.MemoryBase, machine.Memory.BaseAddress.Value);
        Assert.Equal(machine.Options.MemorySize, machine.Memory.Size);
    }

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));

    private static IEnumerable<string> Describe(JsonElement session) =>
        session.GetProperty("files").EnumerateArray().Select(file =>
        {
            JsonElement memfd = file.GetProperty("memfd");
            return $"{session.GetProperty("name")} {file.GetProperty("compatible")} {file.GetProperty("token")} {file.GetProperty("data")} "
                + $"{memfd.GetProperty("pos")} {memfd.GetProperty("size")} {memfd.GetProperty("seals")} {memfd.GetProperty("flags")} "
                + $"{memfd.GetProperty("folios")} {memfd.GetProperty("sha256")}";
        }).Prepend(session.GetProperty("name").GetString()!);

    private static IEnumerable<string> Describe(HandoverSession session) =>
        session.Files.Select(file => $"{session.Name} {file.Compatible} 0x{file.Token:x} 0x{file.Data:x} "
            + $"{file.Memfd!.Position} {file.Memfd.Size} {(uint)file.Memfd.Seals!} {file.Memfd.Flags} "
            + $"{file.Memfd.FolioCount} {Convert.ToHexStringLower(file.Memfd.ComputeSha256())}").Prepend(session.Name);
}
