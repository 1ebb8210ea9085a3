using System.Runtime.Versioning;
using LuoHandlers.Emulation;
using LuoHandlers.Memory;
using Microsoft.Win32.SafeHandles;

namespace LuoHandlers.Runtime.Tests.Emulation;

/// <summary>What the previous program of a process says of the machine is checked before its memory is mapped.</summary>
[SupportedOSPlatform("linux")]
public sealed class ProcessHandoverTests : IDisposable
{
    private const ulong Base = 1 << 20;
    private const ulong Size = 1 << 20;

    private readonly PhysicalMemory _memory = PhysicalMemory.Create(new PhysicalAddress(Base), Size);

    [Fact]
    public void AMemoryFileOfTheSizeIsTaken() => Create(_memory.File!.Descriptor).CheckMemory();

    [Theory]
    [InlineData(Base, 2 * Size, "has 1048576 bytes, not 2097152")]
    [InlineData(Base, 0UL, "size of the memory, 0 bytes")]
    [InlineData(Base, Size + 1, "size of the memory, 1048577 bytes")]
    [InlineData(Base + 1, Size, "base address 0x100001")]
    [InlineData(1UL << 46, Size, "ends beyond")]
    public void AnotherSizeOrAnImpossibleOneIsRefused(ulong start, ulong size, string fault) =>
        Assert.Contains(fault, Assert.Throws<FormatException>(Create(_memory.File!.Descriptor, start, size).CheckMemory).Message);

    [Theory]
    [InlineData("/dev/null", "is none of a file")]
    [InlineData("a file", "is no memory file")]
    public void AnotherDescriptorIsRefused(string path, string fault)
    {
        string temporary = Path.GetTempFileName();
        try
        {
            using SafeFileHandle file = File.OpenHandle(path == "a file" ? temporary : path, access: FileAccess.ReadWrite);
            if (path == "a file")
                RandomAccess.SetLength(file, (long)Size);
            Assert.Contains(fault, Assert.Throws<FormatException>(Create((int)file.DangerousGetHandle()).CheckMemory).Message);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    [Fact]
    public void ADescriptorThatIsNotOpenIsRefused() =>
        Assert.Contains("can't be examined", Assert.Throws<FormatException>(Create(int.MaxValue).CheckMemory).Message);

    public void Dispose() => _memory.Dispose();

    private static ProcessHandover Create(int descriptor, ulong start = Base, ulong size = Size) =>
        new(descriptor, start, size, PhysicalAddress.Null, new KexecTimeline(0, 0, 0));
}
