using System.Globalization;
using LuoHandlers.Emulation;
using LuoHandlers.Memory;

namespace LuoHandlers.Runtime.Tests.Memory;

public sealed class PhysicalMemoryTests
{
    private const ulong Base = 0x200000;
    private const ulong Size = 16 * Page.Size;

    [Fact]
    public void ReadsAsZeroAndKeepsWhatIsWritten()
    {
        using PhysicalMemory memory = PhysicalMemory.Create(new PhysicalAddress(Base), Size);

        Assert.Equal(-1, memory.GetSpan(memory.BaseAddress, (int)Size).IndexOfAnyExcept((byte)0));
        memory.GetSpan(new PhysicalAddress(Base + 5), 3).Fill(7);
        Assert.Equal([0, 7, 7, 7, 0], memory.GetSpan(new PhysicalAddress(Base + 4), 5).ToArray());
    }

    [Theory]
    [InlineData(Base, Size, true)]
    [InlineData(Base, Size + 1, false)]
    [InlineData(Base - 1, 1, false)]
    [InlineData(Base + Size - 1, 1, true)]
    [InlineData(Base + Size - 1, 2, false)]
    [InlineData(Base + Size, 0, true)]
    [InlineData(Base + Size, 1, false)]
    [InlineData(Base + Size + 1, 0, false)]
    [InlineData(0, 1, false)]
    [InlineData(Base, ulong.MaxValue, false)]
    [InlineData(ulong.MaxValue, 1, false)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, false)]
    public void ContainsWhatIsBetweenItsBounds(ulong address, ulong length, bool expected)
    {
        using PhysicalMemory memory = PhysicalMemory.Create(new PhysicalAddress(Base), Size);

        Assert.Equal(expected, memory.Contains(new PhysicalAddress(address), length));
        if (length > int.MaxValue)
            return;
        if (expected)
            Assert.Equal((int)length, memory.GetSpan(new PhysicalAddress(address), (int)length).Length);
        else
            Assert.Throws<ArgumentOutOfRangeException>(() => memory.GetSpan(new PhysicalAddress(address), (int)length).Length);
    }

    [Fact]
    public void ANegativeLengthIsRefused()
    {
        using PhysicalMemory memory = PhysicalMemory.Create(new PhysicalAddress(Base), Size);

        Assert.Throws<ArgumentOutOfRangeException>(() => memory.GetSpan(memory.BaseAddress, -1).Length);
    }

    [Theory]
    [InlineData(1, Size)]
    [InlineData(Base + 2048, Size)]
    [InlineData(Base, 0)]
    [InlineData(Base, Page.Size + 1)]
    [InlineData(Base, PhysicalMemory.MaximumEnd)]
    [InlineData(PhysicalMemory.MaximumEnd, Page.Size)]
    [InlineData(ulong.MaxValue - Page.Size + 1, Page.Size)]
    public void AnImpossiblePlaceIsRefused(ulong baseAddress, ulong size) =>
        Assert.Throws<ArgumentException>(() => PhysicalMemory.Create(new PhysicalAddress(baseAddress), size));

    [Fact]
    public void MayEndWhereAddressesEnd()
    {
        using PhysicalMemory memory = PhysicalMemory.Create(new PhysicalAddress(PhysicalMemory.MaximumEnd - Size), Size);

        Assert.Equal(new PhysicalAddress(PhysicalMemory.MaximumEnd), memory.End);
        memory.GetSpan(new PhysicalAddress(PhysicalMemory.MaximumEnd - 1), 1)[0] = 1;
    }

    [Fact]
    public void IsGoneOnceItIsDisposed()
    {
        PhysicalMemory memory = PhysicalMemory.Create(new PhysicalAddress(Base), Size);
        memory.Dispose();
        memory.Dispose();

        Assert.Throws<ObjectDisposedException>(() => memory.GetSpan(memory.BaseAddress, 1).Length);
    }

    [Fact]
    public void AMachineOf64GiBTakesWhatIsTouched()
    {
        using Machine machine = Machine.Create(new MachineOptions { MemorySize = 64UL << 30 });
        Kernel kernel = machine.Boot();
        Assert.InRange(UsedBytes(machine.Memory), Page.Size, 64 * Page.Size);

        long before = UsedBytes(machine.Memory);
        machine.Memory.GetSpan(new PhysicalAddress(machine.Memory.End.Value - Page.Size), Page.Size).Fill(1);
        machine.Memory.GetSpan(new PhysicalAddress(32UL << 30), 2 * Page.Size).Fill(1);
        Assert.Equal(3 * Page.Size, UsedBytes(machine.Memory) - before);

        Folio folio = kernel.KexecHandover!.Pages.Allocate(Page.MaximumOrder);
        Assert.Equal(folio.ByteCount + (3 * Page.Size), UsedBytes(machine.Memory) - before);
    }

    /// <summary>What the memory file really takes, as the kernel that runs the test counts it.</summary>
    private static long UsedBytes(PhysicalMemory memory)
    {
        string[] lines = File.ReadAllLines("/proc/self/smaps");
        string start;
        unsafe
        {
            fixed (byte* first = memory.GetSpan(memory.BaseAddress, 1))
                start = ((nint)first).ToString("x", CultureInfo.InvariantCulture) + "-";
        }
        int line = Array.FindIndex(lines, candidate => candidate.StartsWith(start, StringComparison.Ordinal));
        string resident = lines.Skip(line + 1).First(candidate => candidate.StartsWith("Rss:", StringComparison.Ordinal));
        return long.Parse(resident["Rss:".Length..].Replace("kB", "", StringComparison.Ordinal).Trim()) << 10;
    }
}
