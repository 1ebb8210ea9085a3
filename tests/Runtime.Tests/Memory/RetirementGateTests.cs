using LuoHandlers.Memory;
using LuoHandlers.Vfs;

namespace LuoHandlers.Runtime.Tests.Memory;

/// <summary>The next kernel gets the memory only when the last write of the old one is done.</summary>
public sealed class RetirementGateTests
{
    private readonly RetirementGate _gate = new();

    [Fact]
    public async Task WaitsForAUseThatHasBegunAndLetsNoOtherBegin()
    {
        Task retirement;
        using (_gate.Enter())
        {
            retirement = Task.Run(_gate.Retire, TestContext.Current.CancellationToken);
            // From here on the gate refuses; so it has begun to wait.
            SpinWait.SpinUntil(IsRefusing);
            Assert.False(retirement.IsCompleted);
        }
        await retirement;
        Assert.True(IsRefusing());
    }

    [Fact]
    public void ARetiredAllocatorNeitherGivesPagesNorLetsAFileBeWritten()
    {
        using var memory = PhysicalMemory.Create(new PhysicalAddress(1 << 20), 1 << 20);
        var pages = new PageAllocator(memory);
        var file = new Memfd(pages);
        file.Write(new byte[100]);
        pages.Retire();

        Assert.Throws<InvalidOperationException>(() => pages.Allocate());
        Assert.Throws<InvalidOperationException>(() => file.WriteAt(0, [1]));
        Assert.Throws<InvalidOperationException>(() => file.ReadAt(0, new byte[1]));
        Assert.Throws<InvalidOperationException>(() => file.SetSize(1));
        Assert.Equal(100, file.Size);
    }

    [Fact(Timeout = 120_000)]
    public Task LateWritersLeaveTheMemoryOfTheNextKernelAlone() => Task.Run(async () =>
    {
        const int Size = 1 << 20;
        for (int round = 0; round < 20; round++)
        {
            using var memory = PhysicalMemory.Create(new PhysicalAddress(1 << 20), 16 << 20);
            var pages = new PageAllocator(memory);
            using var writing = new CountdownEvent(4);
            Task[] writers = [.. Enumerable.Range(0, writing.InitialCount).Select(_ => Task.Run(() =>
            {
                var file = new Memfd(pages);
                byte[] data = new byte[Size];
                data.AsSpan().Fill(0xee);
                file.Write(data);
                writing.Signal();
                Assert.Throws<InvalidOperationException>(WriteForEver);

                void WriteForEver()
                {
                    while (true)
                        file.WriteAt(0, data);
                }
            }))];
            writing.Wait();
            pages.Retire();
            memory.GetSpan(memory.BaseAddress, (int)memory.Size).Clear();
            await Task.WhenAll(writers);
            Assert.False(memory.GetSpan(memory.BaseAddress, (int)memory.Size).ContainsAnyExcept((byte)0));
        }
    }, TestContext.Current.CancellationToken);

    private bool IsRefusing()
    {
        try
        {
            _gate.Enter().Dispose();
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }
}
