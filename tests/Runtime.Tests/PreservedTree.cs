using System.Runtime.InteropServices;
using LuoHandlers.Emulation;
using LuoHandlers.Kho;
using LuoHandlers.Memory;

namespace LuoHandlers.Runtime.Tests;

/// <summary>
/// Reads the preserved-page tree that a kernel hands over, from the bytes in memory: 512-way tables down to bitmaps, written from the format's
/// description and not with the runtime's own reader.
/// </summary>
internal static class PreservedTree
{
    private const int TableLevels = 5;

    /// <summary>How many pages the tree itself takes; they stay when what they record is unpreserved.</summary>
    public static int CountNodes(Kernel kernel)
    {
        int count = 0;
        Walk(kernel.Machine.Memory, RootOf(kernel), TableLevels, 0, (_, _) => { }, ref count);
        return count;
    }

    /// <summary>All preserved folios, KHO's own among them.</summary>
    public static HashSet<(ulong Address, int Order)> ReadFolios(Kernel kernel)
    {
        var folios = new HashSet<(ulong, int)>();
        int count = 0;
        Walk(kernel.Machine.Memory, RootOf(kernel), TableLevels, 0, (address, order) => Assert.True(folios.Add((address, order))), ref count);
        return folios;
    }

    private static PhysicalAddress RootOf(Kernel kernel)
    {
        KexecHandover kho = kernel.KexecHandover!;
        return KhoRoot.Read(kernel.Machine.Memory.GetSpan(kho.Root, Page.Size), kernel.Profile.Kho).MemoryMap;
    }

    private static void Walk(PhysicalMemory memory, PhysicalAddress node, int level, ulong prefix, Action<ulong, int> add, ref int nodeCount)
    {
        nodeCount++;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(memory.GetSpan(node, Page.Size));
        for (int i = 0; i < words.Length; i++)
        {
            if (words[i] == 0)
                continue;
            if (level > 0)
            {
                Walk(memory, new PhysicalAddress(words[i]), level - 1, (prefix << 9) | (uint)i, add, ref nodeCount);
                continue;
            }
            for (int bit = 0; bit < 64; bit++)
            {
                if ((words[i] >> bit & 1) == 0)
                    continue;
                ulong key = (prefix << 15) | (uint)((i * 64) + bit);
                // The highest one of a key stands at 52 - order; below it is the address in units of the folio's size.
                int highest = 63;
                while (key >> highest == 0)
                    highest--;
                int order = 52 - highest;
                add((key - (1UL << highest)) << (order + 12), order);
            }
        }
    }
}
