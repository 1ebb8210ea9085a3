using System.Numerics;

namespace LuoHandlers.Memory;

/// <summary>
/// Allocates pages of physical memory to one kernel. What another kernel left in memory is free here unless it was preserved.
/// Thread-safe.
/// </summary>
public sealed class PageAllocator
{
    private const int BlockOrder = 9;
    private const int PagesPerBlock = 1 << BlockOrder;

    /// <summary>Blocks that are found together: those of 1 GiB. Memory may be large and used in few, far places only.</summary>
    private const int BlocksPerGroup = 512;

    private readonly Lock _lock = new();
    private readonly RetirementGate _retirement = new();
    private readonly ulong _firstPfn;
    private readonly ulong _endPfn;
    private readonly ulong _firstBlock;

    /// <summary>Which pages of 2 MiB are in use, by group and block; null: none is. Grows as far as memory is used.</summary>
    private Block?[]?[] _groups = new Block?[]?[1];
    private ulong _allocatedPages;
    private int _pageCursor;
    private int _blockCursor;

    /// <summary>Creates an allocator of all of a memory, except the page at address 0, which stands for "none" everywhere.</summary>
    public PageAllocator(PhysicalMemory memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        Memory = memory;
        _firstPfn = Math.Max(memory.BaseAddress.Pfn.Value, 1);
        _endPfn = memory.End.Pfn.Value;
        _firstBlock = _firstPfn >> BlockOrder;
    }

    /// <summary>The memory that the pages are in.</summary>
    public PhysicalMemory Memory { get; }

    /// <summary>How many pages are allocated, those inherited from the previous kernel included.</summary>
    public ulong AllocatedPageCount
    {
        get
        {
            lock (_lock)
                return _allocatedPages;
        }
    }

    /// <summary>Allocates zeroed pages.</summary>
    /// <param name="order">The binary logarithm of the number of pages, 0 to <see cref="Page.MaximumOrder"/>.</param>
    /// <exception cref="ErrnoException"><see cref="Errno.ENOMEM"/>: no such run of free pages.</exception>
    public Folio Allocate(int order = 0) => TryAllocate(order, out Folio folio)
        ? folio
        : throw new ErrnoException(Errno.ENOMEM, $"There are no {1 << order} free pages in a row in a memory of {Memory.Size} bytes.");

    /// <summary>Allocates zeroed pages, or says that there are none.</summary>
    /// <param name="order">The binary logarithm of the number of pages, 0 to <see cref="Page.MaximumOrder"/>.</param>
    /// <param name="folio">The pages.</param>
    public bool TryAllocate(int order, out Folio folio)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(order);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(order, Page.MaximumOrder);
        using RetirementGate.Use use = EnterUse();
        lock (_lock)
        {
            folio = default;
            if (_endPfn <= _firstPfn || _endPfn - _firstPfn - _allocatedPages < 1UL << order)
                return false;
            if (!(order < BlockOrder ? TryAllocateInBlock(order, out ulong pfn) : TryAllocateBlocks(order, out pfn)))
                return false;
            _allocatedPages += 1UL << order;
            folio = new Folio(new Pfn(pfn), order);
        }
        GetSpan(folio).Clear();
        return true;
    }

    /// <summary>Frees pages.</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.EINVAL"/>: they are not all allocated.</exception>
    public void Free(Folio folio)
    {
        _retirement.ThrowIfRetired();
        lock (_lock)
        {
            if (!AreAllAllocated(folio))
                throw new ErrnoException(Errno.EINVAL, $"The pages at {folio} are freed, but not all of them are allocated.");
            Mark(folio, allocated: false);
            _allocatedPages -= 1UL << folio.Order;
            int block = (int)((folio.Pfn.Value >> BlockOrder) - _firstBlock);
            _pageCursor = Math.Min(_pageCursor, block);
            _blockCursor = Math.Min(_blockCursor, block);
        }
    }

    /// <summary>Whether all pages of a folio are allocated.</summary>
    public bool IsAllocated(Folio folio)
    {
        lock (_lock)
            return AreAllAllocated(folio);
    }

    /// <summary>
    /// The bytes of allocated pages. The span must not be used after they are freed, or after their kernel was replaced: the next kernel may have
    /// given them to somebody else by then.
    /// </summary>
    public Span<byte> GetSpan(Folio folio)
    {
        _retirement.ThrowIfRetired();
        return Memory.GetSpan(folio.Address, folio.ByteCount);
    }

    /// <summary>Takes pages into use that the previous kernel preserved.</summary>
    /// <returns>False if one of them is taken already, or not in memory.</returns>
    internal bool TryReserve(Folio folio)
    {
        lock (_lock)
        {
            if (!Contains(folio))
                return false;
            if (IsAnyAllocated(folio))
                return false;
            Mark(folio, allocated: true);
            _allocatedPages += 1UL << folio.Order;
            return true;
        }
    }

    /// <summary>Whether all pages of a folio are pages that this allocator gives out. What is not aligned is no folio.</summary>
    internal bool Contains(Folio folio) =>
        folio.IsAligned && folio.Pfn.Value >= _firstPfn && folio.Pfn.Value < _endPfn && 1UL << folio.Order <= _endPfn - folio.Pfn.Value;

    /// <summary>Begins to write to pages of this kernel; dispose the result when done. The next kernel waits for it.</summary>
    internal RetirementGate.Use EnterUse() => _retirement.Enter();

    /// <summary>The kernel that owned the pages is gone: they are its successor's now.</summary>
    internal void Retire() => _retirement.Retire();

    private bool TryAllocateInBlock(int order, out ulong pfn)
    {
        int blockCount = BlockCount;
        for (int i = _pageCursor; i < blockCount; i++)
        {
            Block block = GetBlock(i);
            int page = block.FindFree(order);
            if (page >= 0)
            {
                block.Mark(page, order, allocated: true);
                pfn = ((_firstBlock + (ulong)i) << BlockOrder) + (ulong)page;
                return true;
            }
            // Only a block without any free page is passed over next time: a run of another order may still fit.
            if (i == _pageCursor && block.AllocatedCount == PagesPerBlock)
                _pageCursor++;
        }
        pfn = 0;
        return false;
    }

    private bool TryAllocateBlocks(int order, out ulong pfn)
    {
        int count = 1 << (order - BlockOrder);
        int blockCount = BlockCount;
        // Huge folios start where small ones are not: a block that is partly in use is no use for them.
        for (int i = _blockCursor; i <= blockCount - count; i++)
        {
            ulong number = _firstBlock + (ulong)i;
            bool isAligned = number % (ulong)count == 0;
            bool isFree = true;
            for (int k = 0; k < count && isFree; k++)
                isFree = GetBlock(i + k).AllocatedCount == 0;
            if (isAligned && isFree)
            {
                pfn = number << BlockOrder;
                Mark(new Folio(new Pfn(pfn), order), allocated: true);
                return true;
            }
            if (i == _blockCursor && !isFree && GetBlock(i).AllocatedCount != 0)
                _blockCursor++;
        }
        pfn = 0;
        return false;
    }

    private int BlockCount => (int)(((_endPfn - 1) >> BlockOrder) - _firstBlock + 1);

    private Block GetBlock(int index)
    {
        (int group, int inGroup) = Math.DivRem(index, BlocksPerGroup);
        if (group >= _groups.Length)
            Array.Resize(ref _groups, Math.Max(group + 1, _groups.Length * 2));
        return (_groups[group] ??= new Block?[BlocksPerGroup])[inGroup] ??= CreateBlock(index);
    }

    private Block CreateBlock(int index)
    {
        // Pages of the first and the last block that lie outside of memory count as allocated for ever.
        var block = new Block();
        ulong start = (_firstBlock + (ulong)index) << BlockOrder;
        for (int page = 0; page < PagesPerBlock; page++)
        {
            if (start + (ulong)page < _firstPfn || start + (ulong)page >= _endPfn)
                block.Mark(page, 0, allocated: true);
        }
        return block;
    }

    private bool AreAllAllocated(Folio folio) => Contains(folio) && All(folio, static (block, page, order) => block.AreAllAllocated(page, order));

    private bool IsAnyAllocated(Folio folio) => !All(folio, static (block, page, order) => block.AreAllFree(page, order));

    private bool All(Folio folio, Func<Block, int, int, bool> predicate)
    {
        int index = (int)((folio.Pfn.Value >> BlockOrder) - _firstBlock);
        if (folio.Order < BlockOrder)
            return predicate(GetBlock(index), (int)(folio.Pfn.Value % PagesPerBlock), folio.Order);
        for (int k = 0; k < 1 << (folio.Order - BlockOrder); k++)
        {
            if (!predicate(GetBlock(index + k), 0, BlockOrder))
                return false;
        }
        return true;
    }

    private void Mark(Folio folio, bool allocated)
    {
        int index = (int)((folio.Pfn.Value >> BlockOrder) - _firstBlock);
        if (folio.Order < BlockOrder)
        {
            GetBlock(index).Mark((int)(folio.Pfn.Value % PagesPerBlock), folio.Order, allocated);
            return;
        }
        for (int k = 0; k < 1 << (folio.Order - BlockOrder); k++)
            GetBlock(index + k).Mark(0, BlockOrder, allocated);
    }

    /// <summary>The pages of 2 MiB: a bit is set for each one in use.</summary>
    private sealed class Block
    {
        private const int WordBits = 64;
        private readonly ulong[] _words = new ulong[PagesPerBlock / WordBits];

        public int AllocatedCount { get; private set; }

        public int FindFree(int order)
        {
            if (PagesPerBlock - AllocatedCount < 1 << order)
                return -1;
            return order < 6 ? FindInWords(order) : FindWords(1 << (order - 6));
        }

        public bool AreAllAllocated(int page, int order) => All(page, order, allocated: true);

        public bool AreAllFree(int page, int order) => All(page, order, allocated: false);

        public void Mark(int page, int order, bool allocated)
        {
            foreach ((int word, ulong mask) in new Words(page, order))
            {
                AllocatedCount += allocated ? BitOperations.PopCount(mask & ~_words[word]) : -BitOperations.PopCount(mask & _words[word]);
                _words[word] = allocated ? _words[word] | mask : _words[word] & ~mask;
            }
        }

        private bool All(int page, int order, bool allocated)
        {
            foreach ((int word, ulong mask) in new Words(page, order))
            {
                if ((_words[word] & mask) != (allocated ? mask : 0))
                    return false;
            }
            return true;
        }

        private int FindInWords(int order)
        {
            for (int i = 0; i < _words.Length; i++)
            {
                ulong free = ~_words[i];
                // Fold until a set bit means that its whole aligned run is free.
                for (int k = 0; k < order; k++)
                    free &= free >> (1 << k);
                free &= AlignedBits(order);
                if (free != 0)
                    return (i * WordBits) + BitOperations.TrailingZeroCount(free);
            }
            return -1;
        }

        private int FindWords(int count)
        {
            for (int i = 0; i < _words.Length; i += count)
            {
                if (!_words.AsSpan(i, count).ContainsAnyExcept(0UL))
                    return i * WordBits;
            }
            return -1;
        }

        private static ulong AlignedBits(int order) => order switch
        {
            0 => ulong.MaxValue,
            1 => 0x5555555555555555,
            2 => 0x1111111111111111,
            3 => 0x0101010101010101,
            4 => 0x0001000100010001,
            _ => 0x0000000100000001,
        };

        /// <summary>The words, with masks, that hold the bits of a run of pages.</summary>
        private ref struct Words(int page, int order)
        {
            private int _next = page / WordBits;
            private readonly int _end = (page + (1 << order) + WordBits - 1) / WordBits;
            private readonly ulong _mask = order >= 6 ? ulong.MaxValue : ((1UL << (1 << order)) - 1) << (page % WordBits);

            public (int Word, ulong Mask) Current => (_next - 1, _mask);

            public readonly Words GetEnumerator() => this;

            public bool MoveNext() => _next++ < _end;
        }
    }
}
