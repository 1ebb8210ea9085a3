using System.Text.Json;
using LuoHandlers.Emulation;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator.Profiles;
using LuoHandlers.Runtime.Tests.Doubles;

namespace LuoHandlers.Runtime.Tests.Kho;

public sealed class KhoRootTests
{
    /// <summary>The addresses that the reference was made with.</summary>
    private const ulong MemoryMap = 0x9000;
    private const ulong Metadata = 0x8000;
    private const ulong LuoRoot = 0x1000;

    [Fact]
    public void IsByteForByteWhatLibfdtMakes()
    {
        // Addresses whose bytes occur nowhere else in the tree.
        using Machine machine = TestMachine.Create(memoryBase: 0x1a2b3c4d000);
        Kernel kernel = machine.Boot();
        Span<byte> page = machine.Memory.GetSpan(kernel.KexecHandover!.Root, Page.Size);
        KhoRoot root = KhoRoot.Read(page, kernel.Profile.Kho);
        byte[] written = page.ToArray();
        Replace(written, root.MemoryMap, MemoryMap);
        Replace(written, root.FindSubtree("kexec-metadata")!.Address, Metadata);
        Replace(written, root.FindSubtree("LUO")!.Address, LuoRoot);

        byte[] expected = Reference();
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(written.AsSpan(0, expected.Length)));
        Assert.Equal(-1, written.AsSpan(expected.Length).IndexOfAnyExcept((byte)0));
    }

    [Fact]
    public void TheReferenceIsReadAsItWasMade()
    {
        KhoRoot root = KhoRoot.Read(Reference(), KernelProfile.Linux7_2.Kho);

        Assert.Equal(new PhysicalAddress(MemoryMap), root.MemoryMap);
        Assert.Equal(
            [new KhoSubtree("LUO", new PhysicalAddress(LuoRoot), 32), new KhoSubtree("kexec-metadata", new PhysicalAddress(Metadata), 73)],
            root.Subtrees);
    }

    [Fact]
    public void EveryTruncationIsATypedError()
    {
        byte[] reference = Reference();
        for (int length = 0; length < reference.Length; length++)
            Assert.Throws<InvalidDeviceTreeException>(() => FlattenedDeviceTree.Read(reference.AsSpan(0, length)));
    }

    [Fact]
    public void EveryFlippedByteIsATypedErrorOrAnotherTree()
    {
        for (int i = 0; i < Reference().Length; i++)
        {
            foreach (byte flip in (byte[])[0x01, 0x80, 0xff])
            {
                byte[] altered = Reference();
                altered[i] ^= flip;
                Exception? failure = Record.Exception(() => FlattenedDeviceTree.Read(altered));
                Assert.True(failure is null or InvalidDeviceTreeException, $"Byte {i} ^ {flip}: {failure}");
            }
        }
    }

    private static byte[] Reference()
    {
        using Stream stream = typeof(KhoRootTests).Assembly.GetManifestResourceStream("kho-root-fdt.json")!;
        return Convert.FromHexString(JsonDocument.Parse(stream).RootElement.GetProperty("hex").GetString()!);
    }

    private static void Replace(Span<byte> bytes, PhysicalAddress address, ulong by)
    {
        byte[] raw = BitConverter.GetBytes(address.Value);
        int index = bytes.IndexOf(raw);
        Assert.Equal(index, bytes.LastIndexOf(raw));
        BitConverter.TryWriteBytes(bytes[index..], by);
    }
}
