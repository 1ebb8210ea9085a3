using System.Buffers.Binary;
using LuoHandlers.Kho;
using LuoHandlers.Memory;

namespace LuoHandlers.Orchestrator.Formats;

/// <summary>The chain of blocks that the previous kernel wrote.</summary>
internal sealed class IncomingBlockChain : IncomingEntries
{
    private readonly KexecHandover _kho;
    private readonly int _entrySize;
    private readonly List<KhoRange> _blocks = [];
    private readonly List<int> _ends = [];

    private IncomingBlockChain(KexecHandover kho, int entrySize)
    {
        _kho = kho;
        _entrySize = entrySize;
    }

    public override int Count => _ends.Count == 0 ? 0 : _ends[^1];

    public override ReadOnlySpan<byte> this[int index]
    {
        get
        {
            // The only readers go from the first entry to the last: the block is the one after those that end before.
            int block = _ends.BinarySearch(index + 1);
            block = block < 0 ? ~block : block;
            int inBlock = index - (block == 0 ? 0 : _ends[block - 1]);
            return _kho.GetSpan(_blocks[block]).Slice(BlockChain.HeaderSize + (inBlock * _entrySize), _entrySize);
        }
    }

    /// <summary>Finds a chain. Its end, its length and its counts are checked; its entries are not read yet.</summary>
    /// <param name="kho">Where.</param>
    /// <param name="faults">Which allocations shall fail: each block takes a record.</param>
    /// <param name="first">The address of the first block; not trusted.</param>
    /// <param name="entrySize">The size of an entry.</param>
    /// <param name="chain">The chain, or, if it is not valid, what of it is to be freed.</param>
    /// <param name="fault">What is wrong, with address and field.</param>
    public static bool TryRead(
        KexecHandover kho,
        FaultInjection faults,
        PhysicalAddress first,
        int entrySize,
        out IncomingBlockChain chain,
        out string fault)
    {
        chain = new IncomingBlockChain(kho, entrySize);
        if (!TryFollow(kho, first, out List<KhoRange> blocks, out fault))
            return false;
        int capacity = BlockChain.GetEntriesPerBlock(entrySize);
        foreach (KhoRange block in blocks)
        {
            if (faults.ShouldFail(FaultPoint.KernelAllocation))
                return Fail($"There is no memory for the record of the block at {block.Address}", out fault);
            chain._blocks.Add(block);
            ulong count = BinaryPrimitives.ReadUInt64LittleEndian(kho.GetSpan(block)[BlockChain.CountOffset..]);
            if (count == 0 || count > (ulong)capacity)
                return Fail($"The block at {block.Address} counts {count} entries, where 1 to {capacity} are possible", out fault);
            chain._ends.Add(chain.Count + (int)count);
        }
        return true;
    }

    public override bool Free()
    {
        bool isComplete = true;
        foreach (KhoRange block in _blocks)
            isComplete &= TryFree(_kho, block);
        return isComplete;
    }

    internal static bool TryFree(KexecHandover kho, KhoRange range)
    {
        if (!kho.IsInherited(range))
            return false;
        kho.RestoreFree(range);
        return true;
    }

    /// <summary>Follows the addresses from block to block, before anything else in the blocks is looked at.</summary>
    private static bool TryFollow(KexecHandover kho, PhysicalAddress first, out List<KhoRange> blocks, out string fault)
    {
        blocks = [];
        var seen = new HashSet<PhysicalAddress>();
        for (PhysicalAddress address = first; !address.IsNull;)
        {
            if (!seen.Add(address))
                return Fail($"The chain of blocks at {first} comes back to its block at {address}", out fault);
            if (blocks.Count == BlockChain.MaximumBlocks)
                return Fail($"The chain of blocks at {first} is longer than {BlockChain.MaximumBlocks} blocks", out fault);
            if (!kho.TryFindInherited(address, Page.Size, out KhoRange block))
                return Fail($"The chain of blocks at {first} goes on at {address}, which is no inherited page", out fault);
            blocks.Add(block);
            address = new PhysicalAddress(BinaryPrimitives.ReadUInt64LittleEndian(kho.GetSpan(block)));
        }
        fault = "";
        return true;
    }

    private static bool Fail(string reason, out string fault)
    {
        fault = reason + ".";
        return false;
    }
}
