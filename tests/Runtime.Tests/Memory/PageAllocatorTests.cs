using FsCheck;
using FsCheck.Fluent;
using LuoHandlers.Memory;

namespace LuoHandlers.Runtime.Tests.Memory;

public sealed class PageAllocatorTests
{
    private const ulong Megabyte = 1 << 20;

    /// <summary>Where a memory may lie: at a block of 2 MiB, in the middle of one, at address 0, at an odd page.</summary>
    public static TheoryData<ulong, ulong> Places => new()
    {
        { 0, 16 * Megabyte },
        { 2 * Megabyte, 16 * Megabyte },
        { Megabyte, 16 * Megabyte },
        { (3 * Megabyte) + Page.Size, (9 * Megabyte) + (3 * Page.Size) },
        { 5 * Page.Size, 40 * Page.Size },
        { 0, Page.Size },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public void BehavesAsASetOfPages(ulong baseAddress, ulong size)
    {
        // Small runs are asked for more often than large ones, or the memory would always be full.
        Gen<Step> steps = Gen.Choose(0, 9).SelectMany(kind => kind < 6
            ? Gen.Frequency((5, Gen.Choose(0, 3)), (3, Gen.Choose(4, 8)), (2, Gen.Choose(9, 10))).Select(order => new Step(true, order))
            : Gen.Choose(0, 1000).Select(index => new Step(false, index)));
        Check.One(
            PropertyChecks.Config(tests: 60, size: 200),
            Prop.ForAll(Gen.ArrayOf(steps).ToArbitrary(), history => Run(history, baseAddress, size)));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void GivesOutEveryPageOnceAndThenNoMore(ulong baseAddress, ulong size)
    {
        using PhysicalMemory memory = PhysicalMemory.Create(new PhysicalAddress(baseAddress), size);
        var allocator = new PageAllocator(memory);
        // Address 0 means "none" everywhere.
        ulong available = (size / Page.Size) - (baseAddress == 0 ? 1UL : 0);
        var pages = new HashSet<PhysicalAddress>();
        while (allocator.TryAllocate(0, out Folio page))
            Assert.True(pages.Add(page.Address));

        Assert.Equal(available, (ulong)pages.Count);
        Assert.Equal(available, allocator.AllocatedPageCount);
        Assert.DoesNotContain(PhysicalAddress.Null, pages);
        Assert.All(pages, page => Assert.True(memory.Contains(page, Page.Size)));
        Assert.Equal(Errno.ENOMEM, Assert.Throws<ErrnoException>(() => allocator.Allocate()).Errno);
        foreach (PhysicalAddress page in pages)
            allocator.Free(new Folio(page.Pfn, 0));
        Assert.Equal(0UL, allocator.AllocatedPageCount);
    }

    [Fact]
    public void FreedRunsServeLargerOnesAgain()
    {
        using PhysicalMemory memory = PhysicalMemory.Create(new PhysicalAddress(4 * Megabyte), 4 * Megabyte);
        var allocator = new PageAllocator(memory);
        var pages = new List<Folio>();
        while (allocator.TryAllocate(0, out Folio page))
            pages.Add(page);
        Assert.False(allocator.TryAllocate(1, out _));

        pages.ForEach(allocator.Free);
        Assert.Equal(new Folio(new PhysicalAddress(4 * Megabyte).Pfn, Page.MaximumOrder), allocator.Allocate(Page.MaximumOrder));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(Page.MaximumOrder + 1)]
    public void AnImpossibleOrderIsRefused(int order)
    {
        using PhysicalMemory memory = PhysicalMemory.Create(new PhysicalAddress(Megabyte), Megabyte);
        var allocator = new PageAllocator(memory);

        Assert.Throws<ArgumentOutOfRangeException>(() => allocator.TryAllocate(order, out _));
    }

    [Fact]
    public void OnlyWhatIsAllocatedCanBeFreed()
    {
        using PhysicalMemory memory = PhysicalMemory.Create(new PhysicalAddress(Megabyte), 8 * Megabyte);
        var allocator = new PageAllocator(memory);
        Folio folio = allocator.Allocate(2);
        Folio[] refused =
        [
            new(new Pfn(folio.Pfn.Value + 4), 2),
            new(folio.Pfn, 3),
            new(new Pfn(0), 0),
            new(new PhysicalAddress(Megabyte).Pfn with { Value = (Megabyte >> Page.Shift) - 1 }, 0),
            new(memory.End.Pfn, 0),
            new(new Pfn(ulong.MaxValue), 0),
            new(folio.Pfn, 64),
            new(folio.Pfn, -1),
        ];

        Assert.All(refused, other => Assert.Equal(Errno.EINVAL, Assert.Throws<ErrnoException>(() => allocator.Free(other)).Errno));
        Assert.All(refused, other => Assert.False(allocator.IsAllocated(other)));
        Assert.Equal(4UL, allocator.AllocatedPageCount);
        allocator.Free(folio);
        Assert.Equal(Errno.EINVAL, Assert.Throws<ErrnoException>(() => allocator.Free(folio)).Errno);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(63, 1)]
    [InlineData(2, 2)]
    [InlineData(32, 6)]
    public void WhatIsNotAlignedIsNoFolio(ulong page, int order)
    {
        using PhysicalMemory memory = PhysicalMemory.Create(new PhysicalAddress(2 * Megabyte), 2 * Megabyte);
        var allocator = new PageAllocator(memory);
        allocator.Allocate(9);
        var unaligned = new Folio(new Pfn(memory.BaseAddress.Pfn.Value + page), order);

        Assert.False(allocator.IsAllocated(unaligned));
        Assert.Equal(Errno.EINVAL, Assert.Throws<ErrnoException>(() => allocator.Free(unaligned)).Errno);
        Assert.Equal(512UL, allocator.AllocatedPageCount);
    }

    private static void Run(Step[] history, ulong baseAddress, ulong size)
    {
        using PhysicalMemory memory = PhysicalMemory.Create(new PhysicalAddress(baseAddress), size);
        // What a kernel before left behind must not be seen.
        memory.GetSpan(memory.BaseAddress, (int)size).Fill(0xaa);
        var allocator = new PageAllocator(memory);
        ulong first = Math.Max(baseAddress >> Page.Shift, 1);
        ulong end = (baseAddress + size) >> Page.Shift;
        var used = new bool[end];
        var folios = new List<Folio>();
        foreach (Step step in history)
        {
            if (step.IsAllocation)
                Allocate(step.Value);
            else if (folios.Count > 0)
                Free(folios[step.Value % folios.Count]);
            Assert.Equal((ulong)used.Count(page => page), allocator.AllocatedPageCount);
        }
        Assert.All(folios, folio => Assert.Equal(-1, allocator.GetSpan(folio).IndexOfAnyExcept(Mark(folio))));

        void Allocate(int order)
        {
            bool isPossible = HasFreeRun(order);
            Assert.Equal(isPossible, allocator.TryAllocate(order, out Folio folio));
            if (!isPossible)
                return;
            Assert.Equal(order, folio.Order);
            Assert.Equal(0UL, folio.Pfn.Value % (1UL << order));
            for (ulong page = folio.Pfn.Value; page < folio.Pfn.Value + (ulong)folio.PageCount; page++)
            {
                Assert.InRange(page, first, end - 1);
                Assert.False(used[page]);
                used[page] = true;
            }
            Assert.Equal(-1, allocator.GetSpan(folio).IndexOfAnyExcept((byte)0));
            allocator.GetSpan(folio).Fill(Mark(folio));
            folios.Add(folio);
        }

        void Free(Folio folio)
        {
            Assert.True(allocator.IsAllocated(folio));
            Assert.Equal(-1, allocator.GetSpan(folio).IndexOfAnyExcept(Mark(folio)));
            allocator.Free(folio);
            Assert.False(allocator.IsAllocated(folio));
            used.AsSpan((int)folio.Pfn.Value, folio.PageCount).Clear();
            folios.Remove(folio);
        }

        bool HasFreeRun(int order)
        {
            ulong count = 1UL << order;
            for (ulong page = (first + count - 1) / count * count; page + count <= end; page += count)
            {
                if (!used.AsSpan((int)page, (int)count).Contains(true))
                    return true;
            }
            return false;
        }
    }

    private static byte Mark(Folio folio) => (byte)(1 + (folio.Pfn.Value % 254));

    /// <summary>An allocation of an order, or the freeing of one of the folios.</summary>
    private sealed record Step(bool IsAllocation, int Value);
}
