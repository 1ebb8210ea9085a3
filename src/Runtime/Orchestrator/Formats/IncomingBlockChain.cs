using System.Buffers.Binary;
using LuoHandlers.Collections;
using LuoHandlers.Kho;
using LuoHandlers.Memory;

namespace LuoHandlers.Orchestrator.Formats;

/// <summary>The chain of blocks that the previous kernel wrote.</summary>
internal sealed class IncomingBlockChain : IncomingEntries
{
    private readonly IInheritedMemory _memory;
    private readonly int _entrySize;
    private readonly KhoRangeList _blocks = new();
    private readonly List<int> _ends = [];

    /// <summary>Blocks that are left out; they are freed with the others.</summary>
    private readonly KhoRangeList _leftOut = new();

    private IncomingBlockChain(IInheritedMemory memory, int entrySize)
    {
        _memory = memory;
        _entrySize = entrySize;
    }

    public override int Count => _ends.Count == 0 ? 0 : _ends[^1];

    public override ReadOnlySpan<byte> this[int index]
    {
        get
        {
            // The first block that ends behind the entry.
            int block = _ends.BinarySearch(index + 1);
            block = block < 0 ? ~block : block;
            int inBlock = index - (block == 0 ? 0 : _ends[block - 1]);
            return _memory.GetSpan(_blocks[block]).Slice(BlockChain.HeaderSize + (inBlock * _entrySize), _entrySize);
        }
    }

    /// <summary>Finds a chain. Its end, its length and its counts are checked; its entries are not read yet.</summary>
    /// <param name="memory">Where.</param>
    /// <param name="faults">Which allocations shall fail: each block takes a record.</param>
    /// <param name="first">The address of the first block; not trusted.</param>
    /// <param name="entrySize">The size of an entry.</param>
    /// <param name="badEntries">What to do about blocks that can't be read.</param>
    /// <param name="chain">The chain, or, if it is not valid, what of it is to be freed.</param>
    /// <param name="fault">What is wrong, with address and field.</param>
    public static bool TryRead(
        IInheritedMemory memory,
        FaultInjection faults,
        PhysicalAddress first,
        int entrySize,
        BadEntries badEntries,
        out IncomingBlockChain chain,
        out string fault)
    {
        chain = new IncomingBlockChain(memory, entrySize);
        if (!TryFollow(memory, first, out KhoRangeList blocks, out fault) && !badEntries.TryIsolate(fault))
            return false;
        int capacity = BlockChain.GetEntriesPerBlock(entrySize);
        for (int i = 0; i < blocks.Count; i++)
        {
            KhoRange block = blocks[i];
            if (faults.ShouldFail(FaultPoint.KernelAllocation))
                return Fail($"There is no memory for the record of the block at {block.Address}", out fault);
            ulong count = BinaryPrimitives.ReadUInt64LittleEndian(memory.GetSpan(block)[BlockChain.CountOffset..]);
            if (count == 0 || count > (ulong)capacity)
            {
                chain._leftOut.Add(block);
                Fail($"The block at {block.Address} counts {count} entries, where 1 to {capacity} are possible", out fault);
                if (!badEntries.TryIsolate(fault))
                    return false;
                continue;
            }
            chain._blocks.Add(block);
            chain._ends.Add(chain.Count + (int)count);
        }
        return true;
    }

    public override void Free()
    {
        Free(_blocks);
        Free(_leftOut);
    }

    private void Free(KhoRangeList blocks)
    {
        for (int i = 0; i < blocks.Count; i++)
            _memory.TryRestoreFree(blocks[i]);
    }

    /// <summary>Follows the addresses from block to block, before anything else in the blocks is looked at.</summary>
    private static bool TryFollow(IInheritedMemory memory, PhysicalAddress first, out KhoRangeList blocks, out string fault)
    {
        blocks = new KhoRangeList();
        var seen = new UInt64Set();
        for (PhysicalAddress address = first; !address.IsNull;)
        {
            if (!seen.Add(address.Value))
                return Fail($"The chain of blocks at {first} comes back to its block at {address}", out fault);
            if (blocks.Count == BlockChain.MaximumBlocks)
                return Fail($"The chain of blocks at {first} is longer than {BlockChain.MaximumBlocks} blocks", out fault);
            if (!memory.TryFindInherited(address, Page.Size, out KhoRange block))
                return Fail($"The chain of blocks at {first} goes on at {address}, which is no inherited page", out fault);
            if (!memory.TryFollowBlock())
                return Fail($"The chain of blocks at {first} shares its block at {address} with others: there are more blocks than pages were handed over", out fault);
            blocks.Add(block);
            address = new PhysicalAddress(BinaryPrimitives.ReadUInt64LittleEndian(memory.GetSpan(block)));
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
