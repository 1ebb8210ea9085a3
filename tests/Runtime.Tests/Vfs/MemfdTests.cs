using FsCheck;
using FsCheck.Fluent;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

namespace LuoHandlers.Runtime.Tests.Vfs;

public sealed class MemfdTests : IDisposable
{
    private const int Megabyte = 1 << 20;

    private readonly PhysicalMemory _memory = PhysicalMemory.Create(new PhysicalAddress(Megabyte), 64 * Megabyte);
    private readonly PageAllocator _pages;

    public MemfdTests()
    {
        // What is freed and given out again must not shine through.
        _memory.GetSpan(_memory.BaseAddress, (int)_memory.Size).Fill(0xee);
        _pages = new PageAllocator(_memory);
    }

    [Fact]
    public void BehavesAsAnArrayOfBytes()
    {
        // Offsets around pages and huge pages, and lengths around those.
        Gen<int> place = Gen.Elements(0, Page.Size, 3 * Page.Size, 2 * Megabyte, 4 * Megabyte)
            .SelectMany(around => Gen.Choose(-3, 3).Select(by => Math.Max(around + by, 0)));
        Gen<int> length = Gen.Elements(0, 1, 5, Page.Size, (3 * Page.Size) + 1, 2 * Megabyte);
        Gen<Step> steps = Gen.Elements(Enum.GetValues<Operation>())
            .SelectMany(operation => place.SelectMany(offset => length.Select(count => new Step(operation, offset, count))));
        Check.One(
            PropertyChecks.Config(tests: 60, size: 30),
            Prop.ForAll(Gen.ArrayOf(steps).ToArbitrary(), Run));
    }

    [Fact]
    public void ReadAndWriteGoOnAtThePosition()
    {
        var file = new Memfd(_pages);
        file.Write([1, 2, 3]);
        file.Write([4]);
        Assert.Equal(4, file.Position);

        file.Position = 1;
        byte[] buffer = new byte[8];
        Assert.Equal(3, file.Read(buffer));
        Assert.Equal([2, 3, 4, 0, 0, 0, 0, 0], buffer);
        Assert.Equal(4, file.Position);
        Assert.Equal(0, file.Read(buffer));
        file.Position = 100;
        Assert.Equal(0, file.Read(buffer));
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Position = -1);
        file.Put();
        Assert.Equal(0UL, _pages.AllocatedPageCount);
    }

    [Fact]
    public void HolesTakeNoMemoryAndReadAsZero()
    {
        var file = new Memfd(_pages);
        file.SetSize(1L << 40);
        Assert.Equal(0UL, _pages.AllocatedPageCount);

        byte[] buffer = [9, 9, 9];
        Assert.Equal(3, file.ReadAt(1L << 39, buffer));
        Assert.Equal([0, 0, 0], buffer);
        Assert.True(file.GetReadOnlySpan(1L << 39).IsEmpty);
        Assert.Empty(file.GetFolios());
        file.WriteAt(1L << 39, [1]);
        Assert.Equal(512UL, _pages.AllocatedPageCount);
        file.Put();
        Assert.Equal(0UL, _pages.AllocatedPageCount);
    }

    [Fact]
    public void FoliosAreHugeWhereTheFileCoversThem()
    {
        var file = new Memfd(_pages);
        file.SetSize((2 * Megabyte) + Page.Size + 1);
        file.FreezeMapping();

        Assert.Equal([(0UL, 9), (512UL, 0), (513UL, 0)], file.GetFolios().Select(folio => (folio.Index, folio.Folio.Order)));
        file.Put();
        Assert.Equal(0UL, _pages.AllocatedPageCount);
    }

    [Fact]
    public void SmallFoliosServeWhereNoHugeOneIsFree()
    {
        while (_pages.TryAllocate(9, out Folio _))
        {
        }
        var file = new Memfd(_pages);
        file.SetSize(2 * Megabyte);
        file.WriteAt(Page.Size, [1]);

        Assert.Equal([(1UL, 0)], file.GetFolios().Select(folio => (folio.Index, folio.Folio.Order)));
    }

    [Fact]
    public void WritingNothingIsNoWrite()
    {
        var file = new Memfd(_pages);
        file.WriteAt(100, []);
        Assert.Equal(0, file.Size);
        file.AddSeals(MemfdSeals.Write);
        file.WriteAt(0, []);
    }

    [Fact]
    public void BeyondTheEndOfAnyFileIsTooBig()
    {
        var file = new Memfd(_pages) { Position = long.MaxValue };

        Assert.Equal(Errno.EFBIG, ErrnoOf(() => file.Write([1])));
        Assert.Equal(0, file.Size);
        Assert.Equal(long.MaxValue, file.Position);
    }

    [Theory]
    [InlineData(MemfdSeals.Shrink, false, true, true, true)]
    [InlineData(MemfdSeals.Grow, true, false, true, true)]
    [InlineData(MemfdSeals.Write, true, true, false, true)]
    [InlineData(MemfdSeals.FutureWrite, true, true, false, true)]
    [InlineData(MemfdSeals.Exec, true, true, true, true)]
    [InlineData(MemfdSeals.Seal, true, true, true, false)]
    public void ASealForbidsWhatItNames(MemfdSeals seal, bool canShrink, bool canGrow, bool canWrite, bool canSeal)
    {
        var file = new Memfd(_pages);
        file.Write(new byte[100]);
        file.AddSeals(seal);
        Assert.Equal(seal, file.Seals);

        Check(canGrow, () => file.SetSize(200));
        Check(canGrow && canWrite, () => file.WriteAt(file.Size, [1]));
        Check(canShrink, () => file.SetSize(10));
        Check(canWrite, () => file.WriteAt(0, [1]));
        Check(canWrite, () => file.GetSpan(0)[0] = 1);
        Check(canSeal, () => file.AddSeals(MemfdSeals.Exec));
        Assert.Equal(1, file.ReadAt(0, new byte[1]));
        Assert.False(file.GetReadOnlySpan(0).IsEmpty);

        static void Check(bool allowed, Action action)
        {
            if (allowed)
                action();
            else
                Assert.Equal(Errno.EPERM, ErrnoOf(action));
        }
    }

    [Fact]
    public void AnUnknownSealIsRefused()
    {
        var file = new Memfd(_pages);

        Assert.Equal(Errno.EINVAL, ErrnoOf(() => file.AddSeals((MemfdSeals)0x40 | MemfdSeals.Grow)));
        Assert.Equal(MemfdSeals.None, file.Seals);
    }

    [Fact]
    public void AReopenedFileSharesAllButThePosition()
    {
        var file = new Memfd(_pages);
        file.Write([1, 2, 3]);
        Memfd again = file.Reopen();

        Assert.Equal(file.InodeNumber, again.InodeNumber);
        Assert.Equal(0, again.Position);
        again.Write([9]);
        byte[] buffer = new byte[3];
        file.ReadAt(0, buffer);
        Assert.Equal([9, 2, 3], buffer);
        again.AddSeals(MemfdSeals.Grow);
        Assert.Equal(MemfdSeals.Grow, file.Seals);

        file.Put();
        Assert.Equal(3, again.ReadAt(0, buffer));
        Assert.NotEqual(0UL, _pages.AllocatedPageCount);
        again.Put();
        Assert.Equal(0UL, _pages.AllocatedPageCount);
    }

    [Fact]
    public void AFrozenMappingKeepsItsSizeAndHasNoHoles()
    {
        var file = new Memfd(_pages);
        file.Write([1]);
        file.SetSize(3 * Page.Size);
        file.FreezeMapping();

        Assert.Equal([0UL, 1UL, 2UL], file.GetFolios().Select(folio => folio.Index));
        Assert.Equal(Errno.EPERM, ErrnoOf(() => file.SetSize(0)));
        Assert.Equal(Errno.EPERM, ErrnoOf(() => file.SetSize(4 * Page.Size)));
        Assert.Equal(Errno.EPERM, ErrnoOf(() => file.WriteAt((3 * Page.Size) - 1, [1, 2])));
        file.SetSize(3 * Page.Size);
        file.WriteAt(Page.Size, [5]);
        Assert.Equal(5, file.GetReadOnlySpan(Page.Size)[0]);
        file.UnfreezeMapping();
        file.SetSize(0);
        Assert.Equal(0UL, _pages.AllocatedPageCount);
    }

    [Fact]
    public void AMappingThatCanNotBeFilledIsNotFrozen()
    {
        var file = new Memfd(_pages);
        file.SetSize(65 * Megabyte);

        Assert.Equal(Errno.ENOMEM, ErrnoOf(file.FreezeMapping));
        file.SetSize(0);
        Assert.Equal(0UL, _pages.AllocatedPageCount);
    }

    [Fact]
    public void AWriteThatRunsOutOfPagesEndsTheFileWhereItsDataEnds()
    {
        var file = new Memfd(_pages);
        file.Write([1]);
        Folio last = _pages.Allocate();
        while (_pages.TryAllocate(0, out Folio _))
        {
        }
        _pages.Free(last);

        Assert.Equal(Errno.ENOMEM, ErrnoOf(() => file.WriteAt(1, new byte[3 * Page.Size])));
        Assert.Equal(2 * Page.Size, file.Size);
        Assert.Equal(Errno.ENOMEM, ErrnoOf(() => file.WriteAt(10 * Page.Size, [1])));
        Assert.Equal(2 * Page.Size, file.Size);
    }

    [Fact]
    public void AReleasedFileTakesNoMoreMemory()
    {
        var file = new Memfd(_pages);
        file.SetSize(Page.Size);
        file.Put();
        Folio folio = _pages.Allocate();

        Assert.Throws<ObjectDisposedException>(() => file.WriteAt(0, [1]));
        Assert.Throws<ObjectDisposedException>(() => file.AddFolio(0, folio));
        Assert.Throws<ObjectDisposedException>(file.FreezeMapping);
        Assert.Throws<ObjectDisposedException>(file.Reopen);
        Assert.Equal(1UL, _pages.AllocatedPageCount);
    }

    [Fact]
    public void FoliosAreTakenOverWhereTheyFit()
    {
        var file = new Memfd(_pages);
        file.SetSize(4 * Megabyte);
        Folio huge = _pages.Allocate(9);
        _pages.GetSpan(huge).Fill(7);
        Folio small = _pages.Allocate();

        Assert.Equal(Errno.EINVAL, ErrnoOf(() => file.AddFolio(1, huge)));
        Assert.Equal(Errno.EFBIG, ErrnoOf(() => file.AddFolio(ulong.MaxValue, small)));
        Assert.Equal(Errno.EFBIG, ErrnoOf(() => file.AddFolio((ulong)long.MaxValue >> Page.Shift, small)));
        file.AddFolio(512, huge);
        Assert.Equal(Errno.EEXIST, ErrnoOf(() => file.AddFolio(512, small)));
        Assert.Equal(Errno.EEXIST, ErrnoOf(() => file.AddFolio(1023, small)));
        file.AddFolio(3, small);
        Assert.Equal(Errno.EEXIST, ErrnoOf(() => file.AddFolio(0, _pages.Allocate(9))));
        Assert.Equal(Errno.EEXIST, ErrnoOf(() => file.AddFolio(2, _pages.Allocate(1))));
        Assert.Equal(7, file.GetReadOnlySpan(2 * Megabyte)[0]);
        Assert.Equal(2 * Megabyte, file.GetReadOnlySpan(2 * Megabyte).Length);
        Assert.Equal([(3UL, small), (512UL, huge)], file.GetFolios());
    }

    [Fact]
    public void WritersReadersAndResizersDoNotMeet()
    {
        // Huge folios, which take long to copy, go to another file as soon as they are cut off: whoever still used them would be seen.
        using var start = new Barrier(4);
        var shared = new Memfd(_pages);
        var failures = new List<Exception>();
        Thread[] threads =
        [
            Start(_ => shared.WriteAt(0, new byte[2 * Megabyte])),
            Start(i => shared.SetSize(i % 2 * 2 * Megabyte)),
            Start(_ =>
            {
                byte[] read = new byte[2 * Megabyte];
                int count = shared.ReadAt(0, read);
                Assert.Equal(-1, read.AsSpan(0, count).IndexOfAnyExcept((byte)0));
            }),
            Start(_ =>
            {
                var own = new Memfd(_pages);
                own.SetSize(OwnContents.Length);
                own.Write(OwnContents);
                byte[] read = new byte[OwnContents.Length];
                own.ReadAt(0, read);
                Assert.True(read.AsSpan().SequenceEqual(OwnContents), "What another file wrote is in this one.");
                own.Put();
            }),
        ];
        Array.ForEach(threads, thread => thread.Join());

        Assert.Empty(failures);
        shared.Put();
        Assert.Equal(0UL, _pages.AllocatedPageCount);

        Thread Start(Action<int> step)
        {
            var thread = new Thread(() =>
            {
                try
                {
                    start.SignalAndWait();
                    for (int i = 0; i < 200; i++)
                        step(i);
                }
                catch (Exception e)
                {
                    lock (failures)
                        failures.Add(e);
                }
            });
            thread.Start();
            return thread;
        }
    }

    public void Dispose() => _memory.Dispose();

    private static byte[] OwnContents { get; } = [.. Enumerable.Repeat((byte)7, 2 * Megabyte)];

    private static Errno ErrnoOf(Action action) => Assert.Throws<ErrnoException>(action).Errno;

    private void Run(Step[] history)
    {
        var file = new Memfd(_pages);
        byte[] model = [];
        byte fill = 0;
        foreach ((Operation operation, int offset, int length) in history)
        {
            switch (operation)
            {
                case Operation.Write:
                    byte[] data = new byte[length];
                    data.AsSpan().Fill(++fill);
                    file.WriteAt(offset, data);
                    if (length > 0)
                    {
                        Array.Resize(ref model, Math.Max(model.Length, offset + length));
                        data.CopyTo(model, offset);
                    }
                    break;
                case Operation.Resize:
                    file.SetSize(offset);
                    Array.Resize(ref model, offset);
                    break;
                case Operation.Read:
                    byte[] buffer = new byte[length];
                    int expected = Math.Clamp(model.Length - offset, 0, length);
                    Assert.Equal(expected, file.ReadAt(offset, buffer));
                    Assert.True(model.AsSpan(Math.Min(offset, model.Length), expected).SequenceEqual(buffer.AsSpan(0, expected)));
                    break;
                case Operation.WriteSpan:
                    Span<byte> span = file.GetSpan(offset);
                    Assert.Equal(offset >= model.Length, span.IsEmpty);
                    Assert.True(span.Length <= Math.Max(model.Length - offset, 0));
                    span = span[..Math.Min(span.Length, length)];
                    span.Fill(++fill);
                    span.CopyTo(model.AsSpan(Math.Min(offset, model.Length)));
                    break;
                case Operation.Freeze:
                    file.FreezeMapping();
                    Assert.Equal(Page.CountFor((ulong)model.Length), file.GetFolios().Aggregate(0UL, (next, folio) =>
                    {
                        Assert.Equal(next, folio.Index);
                        return Math.Min(next + (ulong)folio.Folio.PageCount, Page.CountFor((ulong)model.Length));
                    }));
                    file.UnfreezeMapping();
                    break;
            }
            Assert.Equal(model.Length, file.Size);
        }
        byte[] all = new byte[model.Length];
        Assert.Equal(model.Length, file.ReadAt(0, all));
        Assert.True(model.AsSpan().SequenceEqual(all));
        file.Put();
        Assert.Equal(0UL, _pages.AllocatedPageCount);
    }

    private enum Operation
    {
        Write,
        Resize,
        Read,
        WriteSpan,
        Freeze,
    }

    private sealed record Step(Operation Operation, int Offset, int Length);
}
