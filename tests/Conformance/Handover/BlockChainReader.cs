using System.Text.Json.Nodes;
using LuoHandlers.Memory;

namespace LuoHandlers.Conformance.Handover;

/// <summary>The handover of Linux 7.2: a root struct, a page of FLBs, and chains of blocks for sessions and files.</summary>
internal sealed class BlockChainReader : IHandoverReader
{
    private const string RootCompatible = "kho-v4";
    private const ulong Stride = 0x1000;
    private const int PageSize = 4096;
    private const int RootSize = 32;
    private const int RootSessions = 16;
    private const int RootFlbs = 24;
    private const int HeaderSize = 16;
    private const int CountOffset = 8;
    private const int SessionSize = 80;
    private const int FileSize = 64;
    private const int FlbSize = 64;
    private const int MaximumBlocks = 10000;

    public HandoverState Read(PhysicalMemory memory, PhysicalAddress root)
    {
        var reader = new PhysicalReader(memory);
        if (root.IsNull)
            return new HandoverState(new JsonObject { ["luo"] = null }, [], null);

        FlattenedTree tree = FlattenedTree.Read(reader, root.Value);
        if (tree.Root.Text("compatible") != RootCompatible)
            throw new UnreadableHandoverException($"the root tree is compatible with \"{tree.Root.Text("compatible")}\", not with \"{RootCompatible}\"");
        if (tree.Root.FindNode("LUO") is not { } luo)
            return new HandoverState(new JsonObject { ["luo"] = null }, [], null);

        ulong address = luo.UInt64("preserved-data");
        var regions = new RegionList(reader, Stride);
        regions.Add(new Region("luo", address, RootSize, PageSize, [RootSessions, RootFlbs]));

        var decoded = new JsonObject
        {
            ["compatible"] = reader.Text(address, 8),
            ["liveupdate_num"] = reader.UInt64(address + 8),
            ["blob_size"] = luo.UInt64("blob-size"),
        };
        JsonArray flbs = ReadFlbs(reader, regions, reader.UInt64(address + RootFlbs));
        decoded["sessions"] = ReadSessions(reader, regions, reader.UInt64(address + RootSessions));
        decoded["flbs"] = flbs;
        decoded["regions"] = regions.Describe((region, described) =>
        {
            if (region.Kind != "luo")
                described["tail_zero"] = regions.IsTailZero(region);
        });
        return new HandoverState(decoded, regions.Addresses, root.Value + (ulong)luo.Property("blob-size").Offset);
    }

    private static JsonArray ReadFlbs(PhysicalReader reader, RegionList regions, ulong page)
    {
        var flbs = new JsonArray();
        if (page == 0)
            return flbs;
        int count = reader.Count(page + CountOffset, (PageSize - HeaderSize) / FlbSize);
        regions.Add(new Region("flb", page, HeaderSize + (FlbSize * count), PageSize, []));
        for (int i = 0; i < count; i++)
            flbs.Add(FlbEntry.Read(reader, page + HeaderSize + (ulong)(FlbSize * i)));
        return flbs;
    }

    private static JsonArray ReadSessions(PhysicalReader reader, RegionList regions, ulong first)
    {
        List<ulong> entries = ReadChain(reader, regions, first, "session_block", SessionSize, hasPointers: true);
        var sessions = new JsonArray();
        foreach (ulong entry in entries)
        {
            List<ulong> files = ReadChain(reader, regions, reader.UInt64(entry + 64), "file_block", FileSize, hasPointers: false);
            sessions.Add(new JsonObject
            {
                ["name"] = reader.Text(entry, 64),
                ["count"] = reader.UInt64(entry + 72),
                ["files"] = new JsonArray([.. files.Select(file => FileEntry.Read(reader, file))]),
            });
        }
        return sessions;
    }

    /// <summary>Adds the blocks of a chain to the regions and gives the addresses of their entries.</summary>
    private static List<ulong> ReadChain(PhysicalReader reader, RegionList regions, ulong first, string kind, int entrySize, bool hasPointers)
    {
        var entries = new List<ulong>();
        int blocks = 0;
        for (ulong block = first; block != 0; block = reader.UInt64(block))
        {
            if (++blocks > MaximumBlocks)
                throw new UnreadableHandoverException($"the chain of blocks at 0x{first:x} has more than {MaximumBlocks} blocks");
            int count = reader.Count(block + CountOffset, (PageSize - HeaderSize) / entrySize);
            List<int> pointers = [0];
            for (int i = 0; i < count; i++)
            {
                entries.Add(block + HeaderSize + (ulong)(entrySize * i));
                if (hasPointers)
                    pointers.Add(HeaderSize + (entrySize * i) + 64);
            }
            regions.Add(new Region(kind, block, HeaderSize + (entrySize * count), PageSize, pointers));
        }
        return entries;
    }
}
