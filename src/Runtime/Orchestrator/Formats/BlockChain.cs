using System.Buffers.Binary;
using LuoHandlers.Kho;
using LuoHandlers.Memory;

namespace LuoHandlers.Orchestrator.Formats;

/// <summary>
/// Entries in a chain of preserved pages. Each begins with the address of the next one, 0 in the last, and the number of its entries
/// (<c>include/linux/kho/abi/block.h</c>, <c>struct kho_block_header</c>).
/// </summary>
internal sealed class BlockChain(KexecHandover kho, FaultInjection faults, int entrySize) : EntryStore
{
    /// <summary>The most blocks that a chain may have.</summary>
    public const int MaximumBlocks = 10_000;

    /// <summary>The size of the header.</summary>
    public const int HeaderSize = 16;

    /// <summary>Where the header has the number of entries.</summary>
    public const int CountOffset = 8;

    private readonly KhoRangeList _blocks = new();
    private int _written;

    public override PhysicalAddress Address => _blocks.Count == 0 ? PhysicalAddress.Null : _blocks[0].Address;

    public override int Capacity => _blocks.Count * EntriesPerBlock;

    private int EntriesPerBlock => GetEntriesPerBlock(entrySize);

    /// <summary>How many entries a block holds.</summary>
    public static int GetEntriesPerBlock(int entrySize) => (Page.Size - HeaderSize) / entrySize;

    public override int CheckLimit(int count) => (count + EntriesPerBlock - 1) / EntriesPerBlock > MaximumBlocks ? -(int)Errno.ENOSPC : 0;

    public override int Reserve(int count)
    {
        if (count <= Capacity)
            return 0;
        if (_blocks.Count == MaximumBlocks)
            return -(int)Errno.ENOSPC;
        if (faults.ShouldFail(FaultPoint.KernelAllocation) || !kho.TryAllocatePreserved(Page.Size, out KhoRange block))
            return -(int)Errno.ENOMEM;
        if (_blocks.Count > 0)
            BinaryPrimitives.WriteUInt64LittleEndian(kho.GetSpan(_blocks[^1]), block.Address.Value);
        _blocks.Add(block);
        return 0;
    }

    public override void Trim(int count)
    {
        while (_blocks.Count > 0 && count <= (_blocks.Count - 1) * EntriesPerBlock)
        {
            kho.UnpreserveFree(_blocks[^1]);
            _blocks.RemoveLast();
            if (_blocks.Count > 0)
                BinaryPrimitives.WriteUInt64LittleEndian(kho.GetSpan(_blocks[^1]), 0);
        }
    }

    public override bool HasEmptyBlock(int count) => _blocks.Count > 0 && count <= (_blocks.Count - 1) * EntriesPerBlock;

    public override bool HasMemory => _blocks.Count > 0;

    public override void Begin() => _written = 0;

    public override Span<byte> Append()
    {
        int index = _written++;
        Span<byte> block = kho.GetSpan(_blocks[index / EntriesPerBlock]);
        int inBlock = index % EntriesPerBlock;
        BinaryPrimitives.WriteUInt64LittleEndian(block[CountOffset..], (ulong)inBlock + 1);
        return block.Slice(HeaderSize + (inBlock * entrySize), entrySize);
    }

    public override void Abandon() => _blocks.Clear();

    public override void Clear()
    {
        for (int i = 0; i < _blocks.Count; i++)
            kho.GetSpan(_blocks[i])[CountOffset..].Clear();
    }
}
