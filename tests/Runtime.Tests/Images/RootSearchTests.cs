using LuoHandlers.Emulation;
using LuoHandlers.Images;
using LuoHandlers.Inspection;
using LuoHandlers.Memory;

namespace LuoHandlers.Runtime.Tests.Images;

/// <summary>Images that don't tell where the root is: a guest's dump, plain memory.</summary>
public sealed class RootSearchTests
{
    [Fact]
    public void The_root_of_an_ELF_file_without_note_is_found()
    {
        var editor = new ImageEditor(SmallHandover.Image);
        editor.RemoveNote();
        using HandoverReport report = HandoverReport.Read(editor.ToStream());
        Assert.Equal(editor.Root, report.RootAddress.Value);
        Assert.Equal(3, report.Sessions.Count);
    }

    [Fact]
    public void The_root_in_plain_memory_is_found()
    {
        byte[] raw = new ImageEditor(SmallHandover.Image).ToRaw(out ulong address);
        using Machine machine = Machine.FromImage(new MemoryStream(raw), image: new ImageOptions { RawBase = new PhysicalAddress(address) });
        Kernel kernel = machine.Boot();
        SmallHandover.Register(kernel);
        var agent = new Agent(kernel);
        Assert.Equal(100, agent.RetrieveMemfd(agent.RetrieveSession("vm"), 2).Size);
    }

    [Fact]
    public void The_root_in_plain_memory_can_be_given()
    {
        var editor = new ImageEditor(SmallHandover.Image);
        byte[] raw = editor.ToRaw(out ulong address);
        using HandoverReport report = HandoverReport.Read(
            new MemoryStream(raw), new ImageOptions { RawBase = new PhysicalAddress(address), Root = new PhysicalAddress(editor.Root) });
        Assert.Equal(editor.Root, report.RootAddress.Value);
    }

    [Fact]
    public void Of_two_roots_that_of_the_latest_kernel_is_taken()
    {
        var editor = new ImageEditor(SmallHandover.Image);
        // A copy of the root, in a page that is preserved, too, whose metadata tell of the seventh kernel in a row.
        (ulong copy, ulong metadata) = (editor.FlbPage, editor.MemfdContents(0, 0));
        editor.CopyPage(editor.Root, copy);
        editor.CopyPage(editor.Metadata, metadata);
        editor.Bytes[editor.Offset(metadata) + 69] = 7;
        Span<byte> root = editor.Bytes.AsSpan(editor.Offset(copy), Page.Size);
        BitConverter.TryWriteBytes(root[root.IndexOf(BitConverter.GetBytes(editor.Metadata))..], metadata);
        editor.RemoveNote();
        using Machine machine = Machine.FromImage(editor.ToStream());
        Assert.Equal(copy, machine.HandoverRoot.Value);
    }

    [Fact]
    public void Roots_that_are_as_good_as_each_other_are_listed()
    {
        var editor = new ImageEditor(SmallHandover.Image);
        // A copy of the root in a page that is preserved, too: nothing tells it from the root.
        ulong copy = editor.FlbPage;
        editor.CopyPage(editor.Root, copy);
        editor.RemoveNote();
        var error = Assert.Throws<InvalidImageException>(() => HandoverReport.Read(editor.ToStream()));
        Assert.Equal(new[] { editor.Root, copy }.Order(), error.Roots.Select(root => root.Value).Order());
        Assert.Contains($"0x{copy:x}", error.Message);

        using Machine machine = Machine.FromImage(editor.ToStream(), image: new ImageOptions { Root = new PhysicalAddress(editor.Root) });
        Assert.Equal(editor.Root, machine.HandoverRoot.Value);
    }

    [Fact]
    public void A_copy_of_the_root_in_a_page_that_is_not_preserved_is_no_rival()
    {
        var editor = new ImageEditor(SmallHandover.Image);
        byte[] raw = editor.ToRaw(out ulong address);
        byte[] longer = [.. raw, .. editor.Bytes.AsSpan(editor.Offset(editor.Root), Page.Size)];
        using HandoverReport report = HandoverReport.Read(new MemoryStream(longer), new ImageOptions { RawBase = new PhysicalAddress(address) });
        Assert.Equal(editor.Root, report.RootAddress.Value);
    }

    [Fact]
    public void Memory_without_a_root_is_refused()
    {
        var error = Assert.Throws<InvalidImageException>(() =>
            Machine.FromImage(new MemoryStream(new byte[1 << 16]), image: new ImageOptions { RawBase = new PhysicalAddress(0x1000) }));
        Assert.Contains("was not found", error.Message);
        Assert.Empty(error.Roots);
    }

    [Fact]
    public void A_root_whose_tree_is_not_valid_is_refused_with_the_reason()
    {
        var editor = new ImageEditor(SmallHandover.Image);
        editor.WriteMemory(editor.TreeRoot, editor.TreeRoot);
        editor.RemoveNote();
        var error = Assert.Throws<InvalidImageException>(() => Machine.FromImage(editor.ToStream()));
        Assert.Contains("is used twice", error.Message);
    }
}
