using System.Runtime.InteropServices;
using LuoHandlers.Emulation;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Runtime.Tests.Doubles;

namespace LuoHandlers.Runtime.Tests.Kho;

public sealed class KhoVmallocArrayTests : IDisposable
{
    private const int ElementsPerPage = Page.Size / sizeof(ulong);

    private readonly Machine _machine = TestMachine.Create(256 * TestMachine.Megabyte);

    /// <summary>Numbers of elements around the ends of pages, and of chunks, which list 511 pages each.</summary>
    public static TheoryData<ulong> Counts =>
    [
        0, 1, ElementsPerPage - 1, ElementsPerPage, ElementsPerPage + 1,
        510 * ElementsPerPage, 511 * ElementsPerPage, (511 * ElementsPerPage) + 1, 512 * ElementsPerPage,
        1022 * ElementsPerPage, 1023 * ElementsPerPage,
    ];

    [Theory]
    [MemberData(nameof(Counts))]
    public void SurvivesAKexec(ulong count)
    {
        Kernel old = _machine.Boot();
        KernelLedger before = KernelLedger.Capture(old);
        KhoVmallocArray<ulong> array = KhoVmallocArray<ulong>.AllocatePreserved(old.KexecHandover!, count);
        ulong pages = (count + ElementsPerPage - 1) / ElementsPerPage;
        // A full chunk is followed by another one, maybe empty.
        ulong chunks = pages == 0 ? 0 : (pages / 511) + 1;
        Assert.Equal(before.PreservedPages + (long)(pages + chunks), old.KexecHandover!.PreservedPageCount);
        Assert.Equal(count == 0, array.Descriptor.IsNull);
        Assert.Equal((uint)pages, array.Descriptor.TotalPages);
        for (ulong i = 0; i < count; i++)
            array[i] = (i * 31) + 1;
        Assert.Equal(count, KhoVmallocArray<ulong>.FindPreserved(old.KexecHandover, array.Descriptor, count).Count);

        Kernel kernel = old.Kexec();
        KhoVmallocArray<ulong> found = KhoVmallocArray<ulong>.FindInherited(kernel.KexecHandover!, array.Descriptor, count);

        for (ulong i = 0; i < count; i++)
            Assert.Equal((i * 31) + 1, found[i]);
        Assert.Throws<ArgumentOutOfRangeException>(() => found[count]);
        found.RestoreFree();
        KernelLedger.AssertEmpty(kernel);
    }

    [Fact]
    public void IsGivenBackWhole()
    {
        Kernel kernel = _machine.Boot();
        KernelLedger before = KernelLedger.Capture(kernel);

        KhoVmallocArray<ulong>.AllocatePreserved(kernel.KexecHandover!, 600 * ElementsPerPage).UnpreserveFree();

        before.AssertSame(kernel);
    }

    [Fact]
    public void WhatElseHasAPartOfItKeepsThePartAndTheRestIsGivenUp()
    {
        Kernel old = _machine.Boot();
        KhoVmallocArray<ulong> array = KhoVmallocArray<ulong>.AllocatePreserved(old.KexecHandover!, 3 * ElementsPerPage);
        Kernel kernel = old.Kexec();
        KexecHandover kho = kernel.KexecHandover!;
        KhoVmallocArray<ulong> found = KhoVmallocArray<ulong>.FindInherited(kho, array.Descriptor, array.Count);
        KhoRange taken = kho.FindInherited(new PhysicalAddress(BitConverter.ToUInt64(kho.GetSpan(kho.FindInherited(array.Descriptor.First))[8..])));
        Folio folio = kho.Restore(taken);

        Assert.Equal(Errno.EINVAL, Assert.Throws<ErrnoException>(found.RestoreFree).Errno);
        kho.Pages.Free(folio);
        KernelLedger.AssertEmpty(kernel);
    }

    [Fact]
    public void ElementsMayLieAcrossPages()
    {
        KexecHandover kho = _machine.Boot().KexecHandover!;
        KhoVmallocArray<Odd> array = KhoVmallocArray<Odd>.AllocatePreserved(kho, 3000);
        for (ulong i = 0; i < array.Count; i++)
            array[i] = new Odd { Number = i, Check = (ushort)(i ^ 0x5a5a), End = (byte)i };

        for (ulong i = 0; i < array.Count; i++)
            Assert.Equal(new Odd { Number = i, Check = (ushort)(i ^ 0x5a5a), End = (byte)i }, array[i]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(300)]
    [InlineData(512)]
    public void IsNotAllocatedInPart(int failing)
    {
        Kernel kernel = _machine.Boot();
        KernelLedger before = KernelLedger.Capture(kernel);
        kernel.Faults.FailNext(FaultPoint.KhoAllocation, failing);

        Assert.Equal(Errno.ENOMEM, ErrnoOf(() => KhoVmallocArray<ulong>.AllocatePreserved(kernel.KexecHandover!, 511 * ElementsPerPage)));
        before.AssertSame(kernel);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData((1UL << 28) + 1)]
    public void AnAbsurdCountIsRefused(ulong count)
    {
        KexecHandover kho = _machine.Boot().KexecHandover!;

        Assert.Equal(Errno.EFBIG, ErrnoOf(() => KhoVmallocArray<ulong>.AllocatePreserved(kho, count)));
        Assert.Equal(Errno.EFBIG, ErrnoOf(() => KhoVmallocArray<ulong>.FindInherited(kho, new KhoVmalloc<ulong>(new PhysicalAddress(Page.Size), uint.MaxValue, 1, 0), count)));
    }

    [Fact]
    public void HostileDescriptorsAreRefused()
    {
        const ulong Count = 2 * ElementsPerPage;
        KexecHandover kho = _machine.Boot().KexecHandover!;
        KhoVmalloc<ulong> good = KhoVmallocArray<ulong>.AllocatePreserved(kho, Count).Descriptor;
        PhysicalAddress unpreserved = kho.Pages.Allocate().Address;
        (KhoVmalloc<ulong> Descriptor, ulong Count)[] hostile =
        [
            (new(good.First, 3, 1, 0), Count),
            (new(good.First, 1, 1, 0), Count),
            (good, Count + 1),
            (good, ElementsPerPage),
            (good, 0),
            (new(good.First, 0, 1, 0), 0),
            (new(PhysicalAddress.Null, 2, 1, 0), Count),
            (new(good.First.Add(8), 2, 1, 0), Count),
            (new(unpreserved, 2, 1, 0), Count),
            (new(new PhysicalAddress(ulong.MaxValue), 2, 1, 0), Count),
            (new(good.First, 2, 4, 0), Count),
            (new(good.First, 2, 1, 1), Count),
            (new(good.First, 512, 2, 9), Count),
            (new(good.First, 2, 1, 63), Count),
            (new(good.First, 2, 1, ushort.MaxValue), Count),
        ];

        Assert.All(hostile, bad => Assert.Equal(Errno.EINVAL, ErrnoOf(() => KhoVmallocArray<ulong>.FindPreserved(kho, bad.Descriptor, bad.Count))));
        Assert.Equal(Count, KhoVmallocArray<ulong>.FindPreserved(kho, good, Count).Count);
    }

    [Fact]
    public void HostileListsAreRefused()
    {
        const ulong Count = 2 * ElementsPerPage;
        KexecHandover kho = _machine.Boot().KexecHandover!;
        KhoVmalloc<ulong> good = KhoVmallocArray<ulong>.AllocatePreserved(kho, Count).Descriptor;
        PhysicalAddress another = kho.AllocatePreserved(1).Address;
        PhysicalAddress large = kho.AllocatePreserved(2 * Page.Size).Address;
        ulong[] list = List().ToArray();
        (int Index, ulong Value)[] changes =
        [
            (0, good.First.Value),
            (0, another.Value),
            (0, list[1]),
            (0, 12345),
            (0, ulong.MaxValue),
            (1, 0),
            (2, 0),
            (1, list[2]),
            (1, good.First.Value),
            (1, large.Value),
            (1, another.Value + 1),
            (2, ulong.MaxValue - Page.Size + 1),
            (3, another.Value),
        ];

        foreach ((int index, ulong value) in changes)
        {
            List()[index] = value;
            Assert.Equal(Errno.EINVAL, ErrnoOf(() => KhoVmallocArray<ulong>.FindPreserved(kho, good, Count)));
            list.CopyTo(List());
        }
        Assert.Equal(Count, KhoVmallocArray<ulong>.FindPreserved(kho, good, Count).Count);

        Span<ulong> List() => MemoryMarshal.Cast<byte, ulong>(_machine.Memory.GetSpan(good.First, Page.Size));
    }

    public void Dispose() => _machine.Dispose();

    private static Errno ErrnoOf<T>(Func<T> action) => Assert.Throws<ErrnoException>(() => { action(); }).Errno;

    /// <summary>11 bytes, which no page holds a whole number of.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private record struct Odd
    {
        public ulong Number;
        public ushort Check;
        public byte End;
    }
}
