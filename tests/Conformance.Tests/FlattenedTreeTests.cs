using LuoHandlers.Conformance.Handover;
using LuoHandlers.Memory;

namespace LuoHandlers.Conformance.Tests;

/// <summary>The runner's own reader of device trees, on the bytes that libfdt 1.6.1 makes of a KHO root.</summary>
public sealed class FlattenedTreeTests
{
    private const string RootTree =
        "d00dfeed0000011d00000038000000e40000002800000011000000100000000000000039000000ac00000000000000000000000000000000000000010000000000000003"
        + "00000007000000156b686f2d763400000000000300000008000000000090000000000000000000014c554f0000000003000000080000002f200000000000000000000003"
        + "0000000800000020001000000000000000000002000000016b657865632d6d65746164617461000000000003000000080000002f49000000000000000000000300000008"
        + "0000002000800000000000000000000200000002000000097072657365727665642d6d656d6f72792d6d617000636f6d70617469626c65007072657365727665642d6461"
        + "746100626c6f622d73697a6500";

    private const ulong Address = 0x3000;

    [Fact]
    public void Nodes_properties_and_values_are_read()
    {
        using PhysicalMemory memory = Write(Convert.FromHexString(RootTree));

        FlattenedTree tree = FlattenedTree.Read(new PhysicalReader(memory), Address);

        Assert.Equal(285, tree.TotalSize);
        Assert.Equal("kho-v4", tree.Root.Text("compatible"));
        Assert.Equal(0x9000UL, tree.Root.UInt64("preserved-memory-map"));
        Assert.Equal(["LUO", "kexec-metadata"], tree.Root.Nodes.Select(node => node.Name));
        TreeNode luo = tree.Root.Nodes[0];
        Assert.Equal((0x1000UL, 32UL), (luo.UInt64("preserved-data"), luo.UInt64("blob-size")));
    }

    [Fact]
    public void A_value_is_found_again_at_its_offset()
    {
        using PhysicalMemory memory = Write(Convert.FromHexString(RootTree));
        var reader = new PhysicalReader(memory);

        TreeProperty blobSize = FlattenedTree.Read(reader, Address).Root.Nodes[0].Property("blob-size");

        Assert.Equal(32UL, reader.UInt64(Address + (ulong)blobSize.Offset));
    }

    [Theory]
    [InlineData(0, "no device tree")]
    [InlineData(4, "claims")]
    [InlineData(56, "unexpected token")]
    public void What_is_no_device_tree_is_refused(int offset, string reason)
    {
        byte[] bytes = Convert.FromHexString(RootTree);
        bytes[offset] = 0xff;
        using PhysicalMemory memory = Write(bytes);

        UnreadableHandoverException refused =
            Assert.Throws<UnreadableHandoverException>(() => FlattenedTree.Read(new PhysicalReader(memory), Address));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    private static PhysicalMemory Write(byte[] tree)
    {
        PhysicalMemory memory = PhysicalMemory.Create(PhysicalAddress.Null, 0x10000);
        tree.CopyTo(memory.GetSpan(new PhysicalAddress(Address), tree.Length));
        return memory;
    }
}
