using LuoHandlers.Emulation;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Runtime.Tests.Doubles;

namespace LuoHandlers.Runtime.Tests.Kho;

public sealed class KexecHandoverTests : IDisposable
{
    private readonly Machine _machine = TestMachine.Create();

    [Theory]
    [InlineData(1, 0)]
    [InlineData(4096, 0)]
    [InlineData(4097, 1)]
    [InlineData(1 << 21, 9)]
    [InlineData(1 << 22, 10)]
    public void AllocatedMemoryIsZeroedAndRoundedUp(int byteCount, int order)
    {
        Kernel kernel = _machine.Boot();
        KernelLedger before = KernelLedger.Capture(kernel);

        KhoRange range = kernel.KexecHandover!.AllocatePreserved(byteCount);

        Assert.Equal(order, range.Folio.Order);
        Assert.Equal(-1, kernel.KexecHandover.GetSpan(range).IndexOfAnyExcept((byte)0));
        Assert.Equal(before.PreservedPages + range.Folio.PageCount, kernel.KexecHandover.PreservedPageCount);
        kernel.KexecHandover.UnpreserveFree(range);
        before.AssertSame(kernel);
    }

    [Theory]
    [InlineData(0, Errno.EINVAL)]
    [InlineData(-1, Errno.EINVAL)]
    [InlineData((1 << 22) + 1, Errno.E2BIG)]
    [InlineData(int.MaxValue, Errno.E2BIG)]
    public void AnImpossibleSizeIsRefused(int byteCount, Errno expected)
    {
        Kernel kernel = _machine.Boot();
        KernelLedger before = KernelLedger.Capture(kernel);

        Assert.Equal(expected, ErrnoOf(() => kernel.KexecHandover!.AllocatePreserved(byteCount)));
        before.AssertSame(kernel);
    }

    [Fact]
    public void WhatIsPreservedCanBeFoundUntilItIsUnpreserved()
    {
        KexecHandover kho = _machine.Boot().KexecHandover!;
        Folio folio = kho.Pages.Allocate(3);

        KhoRange range = kho.Preserve(folio);

        Assert.Equal(range, kho.FindPreserved(folio.Address));
        Assert.Equal(Errno.EBUSY, ErrnoOf(() => kho.Preserve(folio)));
        Assert.Equal(Errno.EINVAL, ErrnoOf(() => kho.FindPreserved(folio.Address.Add(1))));
        Assert.Equal(Errno.EINVAL, ErrnoOf(() => kho.FindPreserved(folio.Address.Add(Page.Size))));
        kho.Unpreserve(range);
        Assert.Equal(Errno.EINVAL, ErrnoOf(() => kho.Unpreserve(range)));
        Assert.Equal(Errno.EINVAL, ErrnoOf(() => kho.UnpreserveFree(range)));
        Assert.Equal(Errno.EINVAL, ErrnoOf(() => kho.FindPreserved(folio.Address)));
        Assert.True(kho.Pages.IsAllocated(folio));
    }

    [Fact]
    public void OnlyAllocatedFoliosCanBePreserved()
    {
        KexecHandover kho = _machine.Boot().KexecHandover!;
        Folio folio = kho.Pages.Allocate(2);
        Folio[] refused =
        [
            new(new Pfn(folio.Pfn.Value + 4), 2),
            new(new Pfn(folio.Pfn.Value + 1), 1),
            new(_machine.Memory.End.Pfn, 0),
            default,
        ];

        Assert.All(refused, other => Assert.Equal(Errno.EINVAL, ErrnoOf(() => kho.Preserve(other))));
    }

    [Fact]
    public void InheritedMemoryIsRestoredOnce()
    {
        KexecHandover old = _machine.Boot().KexecHandover!;
        KhoRange kept = old.AllocatePreserved(100);
        KhoRange freed = old.AllocatePreserved(Page.Size << 9);
        Folio forgotten = old.Pages.Allocate();
        old.GetSpan(kept).Fill(3);
        Kernel kernel = _machine.Running!.Kexec();
        KexecHandover kho = kernel.KexecHandover!;

        KhoRange range = kho.FindInherited(kept.Address);
        Assert.Equal(kept, range);
        Assert.Equal(-1, kho.GetSpan(range).IndexOfAnyExcept((byte)3));
        // Reading does not use it up; the next kernel's allocator leaves it alone.
        Assert.Equal(range, kho.FindInherited(kept.Address));
        Assert.Equal(kept.Folio, kho.Restore(range));
        Assert.Equal(Errno.EINVAL, ErrnoOf(() => kho.Restore(range)));
        Assert.Equal(Errno.EINVAL, ErrnoOf(() => kho.RestoreFree(range)));
        Assert.Equal(Errno.EINVAL, ErrnoOf(() => kho.FindInherited(kept.Address)));

        kho.RestoreFree(kho.FindInherited(freed.Address));
        Assert.False(kho.Pages.IsAllocated(freed.Folio));
        Assert.Equal(Errno.EINVAL, ErrnoOf(() => kho.FindInherited(freed.Address)));
        Assert.Equal(Errno.EINVAL, ErrnoOf(() => kho.FindInherited(forgotten.Address)));
        Assert.Equal(Errno.EINVAL, ErrnoOf(() => kho.FindInherited(PhysicalAddress.Null)));

        kho.Pages.Free(kept.Folio);
        KernelLedger.AssertEmpty(kernel);
    }

    [Fact]
    public void MemoryOfThisKernelIsNotInheritedByItself()
    {
        KexecHandover kho = _machine.Boot().KexecHandover!;
        KhoRange range = kho.AllocatePreserved(1);

        Assert.Equal(Errno.EINVAL, ErrnoOf(() => kho.Restore(range)));
        Assert.Equal(Errno.EINVAL, ErrnoOf(() => kho.FindInherited(range.Address)));
    }

    [Fact]
    public void WhatIsUnpreservedDoesNotSurvive()
    {
        KexecHandover old = _machine.Boot().KexecHandover!;
        KhoRange range = old.AllocatePreserved(1);
        old.Unpreserve(range);

        KexecHandover kho = _machine.Running!.Kexec().KexecHandover!;

        Assert.Equal(Errno.EINVAL, ErrnoOf(() => kho.FindInherited(range.Address)));
    }

    [Theory]
    [InlineData(0x100000UL)]
    [InlineData(0UL)]
    [InlineData(0x4000200000UL)]
    [InlineData((1UL << 46) - (64 << 20))]
    public void TheTreeInMemoryHoldsExactlyWhatIsPreserved(ulong memoryBase)
    {
        using Machine machine = TestMachine.Create(memoryBase: memoryBase);
        Kernel old = machine.Boot();
        KexecHandover kho = old.KexecHandover!;
        HashSet<(ulong, int)> expected = PreservedTree.ReadFolios(old);
        var ranges = new List<KhoRange>();
        foreach (int order in (int[])[0, 9, 10, 0, 5, 10, 1])
        {
            KhoRange range = kho.AllocatePreserved(Page.Size << order);
            kho.GetSpan(range).Fill((byte)(order + 1));
            expected.Add((range.Address.Value, order));
            ranges.Add(range);
        }
        KhoRange dropped = ranges[1];
        kho.UnpreserveFree(dropped);
        expected.Remove((dropped.Address.Value, dropped.Folio.Order));
        ranges.RemoveAt(1);

        Assert.Equal(expected, PreservedTree.ReadFolios(old));
        KexecHandover next = old.Kexec().KexecHandover!;
        foreach (KhoRange range in ranges)
        {
            Assert.Equal(range, next.FindInherited(range.Address));
            Assert.Equal(-1, next.GetSpan(range).IndexOfAnyExcept((byte)(range.Folio.Order + 1)));
        }
    }

    [Fact]
    public void InheritedMemoryIsNotGivenOutAgain()
    {
        KexecHandover old = _machine.Boot().KexecHandover!;
        KhoRange[] ranges = [.. Enumerable.Range(0, 200).Select(_ => old.AllocatePreserved(1))];
        KexecHandover kho = _machine.Running!.Kexec().KexecHandover!;

        var given = new HashSet<PhysicalAddress>();
        while (kho.Pages.TryAllocate(0, out Folio page))
            given.Add(page.Address);

        Assert.DoesNotContain(ranges, range => given.Contains(range.Address));
    }

    [Fact]
    public void NoMemoryForTheRecordLeavesTheFolioUnpreserved()
    {
        Kernel kernel = _machine.Boot();
        KexecHandover kho = kernel.KexecHandover!;
        Folio huge = kho.Pages.Allocate(9);
        var rest = new List<Folio>();
        while (kho.Pages.TryAllocate(0, out Folio page))
            rest.Add(page);
        long preserved = kho.PreservedPageCount;

        // The first folio of this order needs a leaf of its own in the tree.
        Assert.Equal(Errno.ENOMEM, ErrnoOf(() => kho.Preserve(huge)));
        Assert.Equal(preserved, kho.PreservedPageCount);
        rest.ForEach(kho.Pages.Free);
        kho.Unpreserve(kho.Preserve(huge));
    }

    [Fact]
    public void OneKernelAfterTheOtherIsCounted()
    {
        Kernel kernel = _machine.Boot();
        for (uint i = 1; i < 5; i++)
        {
            Assert.Equal(new KexecMetadata("7.2.0", i), kernel.KexecHandover!.Metadata);
            kernel = kernel.Kexec();
            Assert.Equal(new KexecMetadata("7.2.0", i), kernel.KexecHandover!.IncomingMetadata);
        }
    }

    [Fact]
    public void AReplacedKernelsMemoryIsOutOfReach()
    {
        Kernel old = _machine.Boot();
        KhoRange range = old.KexecHandover!.AllocatePreserved(1);
        old.Kexec();

        Assert.Throws<InvalidOperationException>(() => old.KexecHandover.GetSpan(range).Length);
        Assert.Throws<InvalidOperationException>(() => old.KexecHandover.AllocatePreserved(1));
        Assert.Throws<InvalidOperationException>(() => old.KexecHandover.UnpreserveFree(range));
    }

    public void Dispose() => _machine.Dispose();

    private static Errno ErrnoOf(Action action) => Assert.Throws<ErrnoException>(action).Errno;

    private static Errno ErrnoOf<T>(Func<T> action) => Assert.Throws<ErrnoException>(() => { action(); }).Errno;
}
