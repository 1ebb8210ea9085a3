using System.Buffers.Binary;
using LuoHandlers.Images;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator.Profiles;

namespace LuoHandlers.Runtime.Tests.Images;

/// <summary>A valid image to change, and what is in it: everything that is not zero is structure.</summary>
internal sealed class FuzzTarget
{
    private FuzzTarget(string name, byte[] image, IEnumerable<ulong> pages, ImageOptions options, int memoryOffset, KernelProfile kernel)
    {
        Name = name;
        Image = image;
        Options = options;
        Kernel = kernel;
        Fields = [.. FindWords(image)];
        PageOffsets = [.. Enumerable.Range(0, (image.Length - memoryOffset) / Page.Size).Select(i => memoryOffset + (i * Page.Size))];
        Interesting =
        [
            0, 1, 2, 8, 31, 32, 50, 51, 52, 62, 63, 64, 4095, 4096, 0x7fff_ffff, 0xffff_ffff, 1UL << 45, 1UL << 46, 1UL << 52, 1UL << 63,
            long.MaxValue, ulong.MaxValue, ulong.MaxValue - 0xfff, .. pages, .. pages.Select(page => page + 16), .. pages.Select(page => page >> Page.Shift),
        ];
        Distances = [1, ulong.MaxValue, 8, 16, Page.Size, unchecked((ulong)-Page.Size), 1UL << 32, 1UL << 40, 1UL << 63];
    }

    public string Name { get; }

    public byte[] Image { get; }

    /// <summary>The kernel that wrote it, and boots from it.</summary>
    public KernelProfile Kernel { get; }

    /// <summary>What an image of this kind does not say itself.</summary>
    public ImageOptions Options { get; }

    /// <summary>The file offsets of what is not zero.</summary>
    public IReadOnlyList<int> Fields { get; }

    public IReadOnlyList<int> PageOffsets { get; }

    public IReadOnlyList<ulong> Interesting { get; }

    public IReadOnlyList<ulong> Distances { get; }

    /// <summary>The saved image.</summary>
    public static FuzzTarget Elf { get; } = CreateElf("ELF", KernelProfile.Linux7_2);

    /// <summary>The saved image of a kernel with the older format.</summary>
    public static FuzzTarget OldElf { get; } = CreateElf("old ELF", KernelProfile.Linux7_0);

    /// <summary>The saved image of a kernel with the older format and without FLBs.</summary>
    public static FuzzTarget OldestElf { get; } = CreateElf("oldest ELF", KernelProfile.Linux6_19);

    /// <summary>The same memory without any header: the root must be searched.</summary>
    public static FuzzTarget Raw { get; } = CreateRaw("plain memory", KernelProfile.Linux7_2);

    /// <summary>The memory of a kernel with the older format, without any header.</summary>
    public static FuzzTarget OldRaw { get; } = CreateRaw("old plain memory", KernelProfile.Linux7_0);

    public override string ToString() => Name;

    private static FuzzTarget CreateElf(string name, KernelProfile kernel)
    {
        byte[] image = SmallHandover.Save(kernel);
        return new FuzzTarget(name, image, new ImageEditor(image).Pages, new ImageOptions(), Page.Size, kernel);
    }

    private static FuzzTarget CreateRaw(string name, KernelProfile kernel)
    {
        var editor = new ImageEditor(SmallHandover.Save(kernel));
        byte[] raw = editor.ToRaw(out ulong address);
        var options = new ImageOptions { RawBase = new PhysicalAddress(address) };
        return new FuzzTarget(name, raw, editor.Pages, options, 0, kernel);
    }

    private static IEnumerable<int> FindWords(byte[] image)
    {
        for (int offset = 0; offset + 8 <= image.Length; offset += 4)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(offset)) != 0)
                yield return offset;
        }
    }
}
