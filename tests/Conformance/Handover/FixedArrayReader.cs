using System.Buffers.Binary;
using System.Text.Json.Nodes;
using LuoHandlers.Memory;

namespace LuoHandlers.Conformance.Handover;

/// <summary>The handover of Linux 6.19 and 7.0: a device tree that points to one array of sessions, each of which points to one array of files.</summary>
internal sealed class FixedArrayReader : IHandoverReader
{
    private const string RootCompatible = "kho-v1";
    private const ulong Stride = 0x100000;
    private const int PageSize = 4096;
    private const int SessionsSize = 65536;
    private const int SessionsHeader = 8;
    private const int SessionSize = 80;
    private const int FilesSize = 8192;
    private const int FileSize = 64;
    private const int FlbsHeader = 16;
    private const int FlbSize = 64;
    private const string SessionHeader = "luo-session-header";
    private const string FlbHeader = "luo-flb-header";

    public HandoverState Read(PhysicalMemory memory, PhysicalAddress root)
    {
        var reader = new PhysicalReader(memory);
        if (root.IsNull)
            return new HandoverState(new JsonObject { ["luo"] = null }, [], null);

        TreeNode rootTree = FlattenedTree.Read(reader, root.Value).Root;
        if (rootTree.Text("compatible") != RootCompatible)
            throw new UnreadableHandoverException($"the root tree is compatible with \"{rootTree.Text("compatible")}\", not with \"{RootCompatible}\"");
        if (rootTree.FindNode("LUO") is not { } luo)
            return new HandoverState(new JsonObject { ["luo"] = null }, [], null);

        FlattenedTree tree = FlattenedTree.Read(reader, luo.UInt64("fdt"));
        TreeNode session = tree.Root.FindNode("luo-session") ?? throw new UnreadableHandoverException("LUO's tree has no node \"luo-session\"");
        TreeNode? flb = tree.Root.FindNode("luo-flb");

        var regions = new RegionList(reader, Stride);
        List<int> pointers = [session.Property(SessionHeader).Offset];
        if (flb is not null)
            pointers.Add(flb.Property(FlbHeader).Offset);
        regions.Add(new Region("fdt", tree.Address, tree.TotalSize, PageSize, pointers));

        var decoded = new JsonObject
        {
            ["compatible"] = tree.Root.Text("compatible"),
            ["liveupdate_num"] = tree.Root.UInt64("liveupdate-number"),
        };
        if (flb is not null)
            decoded["flbs"] = ReadFlbs(reader, regions, flb.UInt64(FlbHeader));
        decoded["sessions"] = ReadSessions(reader, regions, session.UInt64(SessionHeader));
        decoded["fdt"] = Describe(tree.Root, regions);
        decoded["regions"] = regions.Describe((region, described) =>
        {
            described["size"] = region.Size;
            // Behind a device tree the kernel's library leaves a copy of its strings, which is no part of it: as the expectations have it.
            described["tail_zero"] = region.Kind != "fdt" && regions.IsTailZero(region);
        });
        return new HandoverState(decoded, regions.Addresses, null);
    }

    private static JsonArray ReadFlbs(PhysicalReader reader, RegionList regions, ulong page)
    {
        int count = reader.Count(page + 8, (PageSize - FlbsHeader) / FlbSize);
        regions.Add(new Region("flb", page, FlbsHeader + (FlbSize * count), PageSize, []));
        return new JsonArray([.. Enumerable.Range(0, count).Select(i => FlbEntry.Read(reader, page + FlbsHeader + (ulong)(FlbSize * i)))]);
    }

    private static JsonArray ReadSessions(PhysicalReader reader, RegionList regions, ulong array)
    {
        int count = reader.Count(array, (SessionsSize - SessionsHeader) / SessionSize);
        regions.Add(new Region(
            "sessions",
            array,
            SessionsHeader + (SessionSize * count),
            SessionsSize,
            [.. Enumerable.Range(0, count).Select(i => SessionsHeader + (SessionSize * i) + 64)]));

        var sessions = new JsonArray();
        for (int i = 0; i < count; i++)
        {
            ulong entry = array + SessionsHeader + (ulong)(SessionSize * i);
            ulong filesArray = reader.UInt64(entry + 64);
            int fileCount = reader.Count(entry + 72, FilesSize / FileSize);
            var files = new JsonArray();
            if (filesArray != 0)
            {
                regions.Add(new Region("files", filesArray, FileSize * fileCount, FilesSize, []));
                for (int file = 0; file < fileCount; file++)
                    files.Add(FileEntry.Read(reader, filesArray + (ulong)(FileSize * file)));
            }
            sessions.Add(new JsonObject { ["name"] = reader.Text(entry, 64), ["count"] = fileCount, ["files"] = files });
        }
        return sessions;
    }

    private static JsonObject Describe(TreeNode node, RegionList regions)
    {
        var described = new JsonObject
        {
            ["name"] = node.Name,
            ["props"] = new JsonArray([.. node.Properties.Select(property => Describe(property, regions))]),
        };
        if (node.Nodes.Count > 0)
            described["nodes"] = new JsonArray([.. node.Nodes.Select(child => Describe(child, regions))]);
        return described;
    }

    private static JsonObject Describe(TreeProperty property, RegionList regions)
    {
        byte[] value = [.. property.Value];
        if (property.Name is SessionHeader or FlbHeader && value.Length == sizeof(ulong))
            BinaryPrimitives.WriteUInt64LittleEndian(value, regions.Normalise(BinaryPrimitives.ReadUInt64LittleEndian(value)));
        return new JsonObject { ["name"] = property.Name, ["hex"] = Convert.ToHexStringLower(value) };
    }
}
