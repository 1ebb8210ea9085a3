using System.Buffers.Binary;
using LuoHandlers.Emulation;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator.Events;
using LuoHandlers.Orchestrator.Profiles;
using LuoHandlers.Runtime.Tests.Doubles;
using LuoHandlers.Runtime.Tests.Images;

namespace LuoHandlers.Runtime.Tests.Kho;

/// <summary>
/// The record of preserved memory of Linux 6.19 and 7.0: a chain of chunks that list bitmaps, which stands in the root only once it is final. Its
/// bytes are read here from the format's description, and not with the runtime's own reader.
/// </summary>
public sealed class PreservedChunksTests : IDisposable
{
    private const int BitsPerBitmap = Page.Size * 8;
    private const ulong Megabyte = TestMachine.Megabyte;

    private readonly Machine _machine = Machine.Create(
        new MachineOptions { Kernel = KernelProfile.Linux6_19, MemoryBase = Megabyte, MemorySize = 512 * Megabyte });

    public static TheoryData<string> Kernels => ["6.19", "6.19.y", "7.0", "7.0.y"];

    public static TheoryData<string> Faults =>
    [
        "next chunk is itself",
        "next chunk is a bitmap",
        "next chunk is not in memory",
        "next chunk is between pages",
        "next chunk is free memory",
        "order 19",
        "256 bitmaps",
        "bitmap at 0",
        "bitmap not in memory",
        "bitmap is the chunk",
        "bitmap twice",
        "start between folios",
        "start within another bitmap",
        "start twice",
        "start not in memory",
    ];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void ListsAllThatIsPreservedByOrderAndAddress(string name)
    {
        using Machine machine = Machine.Create(_machine.Options with { Kernel = KernelProfile.Find(name)! });
        Kernel kernel = machine.Boot();
        KexecHandover kho = kernel.KexecHandover!;
        var expected = new HashSet<(ulong Address, int Order)>();
        foreach (int order in (int[])[0, 3, 0, 10, 9, 0, 4, 10])
            expected.Add(Describe(kho.Preserve(kho.Pages.Allocate(order)).Folio));
        // More than one bitmap of single pages covers.
        for (int i = 0; i < BitsPerBitmap + 5; i++)
        {
            Folio page = kho.Pages.Allocate();
            if (i % 1000 == 0 || i > BitsPerBitmap)
                expected.Add(Describe(kho.Preserve(page).Folio));
        }
        KhoRange undone = kho.AllocatePreserved(Page.Size);
        kho.UnpreserveFree(undone);
        int known = ReadFolios(machine, kernel).Count;
        Assert.Equal(0, known);

        Assert.Equal(0, kernel.Reboot());
        HashSet<(ulong Address, int Order)> listed = ReadFolios(machine, kernel);
        Assert.Subset(listed, expected);
        Assert.DoesNotContain(Describe(undone.Folio), listed);
        // Besides: KHO's root, LUO's tree, array of sessions, and page of FLBs.
        Assert.Equal(kernel.Profile.Flbs == FlbRules.None ? 3 : 4, listed.Except(expected).Count());
        Assert.Contains((kho.Root.Value, 0), listed);
    }

    [Fact]
    public void IsWhatTheFormatSaysByteForByte()
    {
        Kernel kernel = _machine.Boot();
        KexecHandover kho = kernel.KexecHandover!;
        Folio folio = kho.Preserve(kho.Pages.Allocate(4)).Folio;
        Assert.Equal(0, kernel.Reboot());

        ulong chunk = MapOf(kernel);
        // One of order 0 for single pages, then one of order 4: for this folio and the array of sessions.
        Assert.Equal((0U, 1U), (Read32(chunk + 8), Read32(chunk + 12)));
        ulong second = Read64(chunk);
        Assert.Equal((0UL, 4U, 1U), (Read64(second), Read32(second + 8), Read32(second + 12)));
        Assert.Equal(0UL, Read64(second + 16));
        ulong bitmap = Read64(second + 24);
        ulong bit = folio.Address.Value >> (12 + 4);
        Assert.Equal(1UL, Read64(bitmap + (bit / 64 * 8)) >> (int)(bit % 64) & 1);
        Span<byte> bytes = _machine.Memory.GetSpan(new PhysicalAddress(bitmap), Page.Size);
        int count = 0;
        foreach (byte one in bytes)
            count += byte.PopCount(one);
        Assert.Equal(2, count);
        Assert.False(_machine.Memory.GetSpan(new PhysicalAddress(second + 32), Page.Size - 32).ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void AChunkHasRoomFor255Bitmaps()
    {
        // One page each 128 MiB: a bitmap of its own.
        using Machine machine = Machine.Create(_machine.Options with { MemorySize = 1UL << 36 });
        Kernel kernel = machine.Boot();
        KexecHandover kho = kernel.KexecHandover!;
        var expected = new HashSet<(ulong Address, int Order)>();
        for (ulong i = 1; i <= 300; i++)
        {
            var folio = new Folio(new PhysicalAddress(i * BitsPerBitmap * Page.Size).Pfn, 0);
            Assert.True(kho.Pages.TryReserve(folio));
            expected.Add(Describe(kho.Preserve(folio).Folio));
        }
        Assert.Equal(0, kernel.Reboot());
        Assert.Subset(ReadFolios(machine, kernel), expected);
        Assert.Equal(255U, BinaryPrimitives.ReadUInt32LittleEndian(machine.Memory.GetSpan(new PhysicalAddress(MapOf(kernel, machine) + 12), 4)));

        Kernel next = machine.Boot();
        Assert.Subset(next.KexecHandover!.InheritedRanges.Select(range => Describe(range.Folio)).ToHashSet(), expected);
    }

    [Fact]
    public void TheNextKernelInheritsItAndTheRecordItselfIsFree()
    {
        Kernel kernel = _machine.Boot();
        KhoRange range = kernel.KexecHandover!.AllocatePreserved(3 * Page.Size);
        kernel.KexecHandover.GetSpan(range).Fill(0xa5);
        Assert.Equal(0, kernel.Reboot());
        ulong chunk = MapOf(kernel);

        Kernel next = _machine.Boot();
        KexecHandover kho = next.KexecHandover!;
        Assert.Equal(range, kho.FindInherited(range.Address));
        Assert.False(kho.GetSpan(range).ContainsAnyExcept((byte)0xa5));
        Assert.False(kho.TryFindInherited(new PhysicalAddress(chunk), out _));
        Folio folio = kho.Restore(range);
        Assert.Equal(0, next.Reboot());
        Assert.False(_machine.Boot().KexecHandover!.TryFindInherited(folio.Address, out _));
    }

    [Fact]
    public void ARebootWithoutMemoryForTheRecordFailsAndARetryWorks()
    {
        Kernel kernel = _machine.Boot();
        KexecHandover kho = kernel.KexecHandover!;
        KhoRange range = kho.AllocatePreserved(1);
        // All but one page: the record takes two chunks.
        var taken = new List<Folio>();
        for (int order = Page.MaximumOrder; order >= 0; order--)
        {
            while (kho.Pages.TryAllocate(order, out Folio folio))
                taken.Add(folio);
        }
        kho.Pages.Free(taken[^1]);
        ulong allocated = kho.Pages.AllocatedPageCount;
        Assert.Equal(-(int)Errno.EAGAIN, kernel.Reboot());
        Assert.Equal(allocated, kho.Pages.AllocatedPageCount);
        Assert.Equal(0UL, MapOf(kernel));

        kho.Pages.Free(taken[^2]);
        Assert.Equal(0, kernel.Reboot());
        Assert.Equal(range, _machine.Boot().KexecHandover!.FindInherited(range.Address));
    }

    [Fact]
    public void ARecordThatIsMadeAgainTakesThePlaceOfTheFirst()
    {
        Kernel kernel = _machine.Boot();
        KexecHandover kho = kernel.KexecHandover!;
        Assert.True(kho.TryFinalize());
        ulong allocated = kho.Pages.AllocatedPageCount;
        Assert.True(kho.TryFinalize());
        Assert.Equal(allocated, kho.Pages.AllocatedPageCount);
        Assert.NotEqual(0UL, MapOf(kernel));
    }

    [Fact]
    public void WhatWasNeverMadeFinalIsIgnoredAsLinuxIgnoresIt()
    {
        Kernel kernel = _machine.Boot(new BootOptions { LiveUpdate = false });
        KhoRange range = kernel.KexecHandover!.AllocatePreserved(1);
        Assert.Equal(0, kernel.Reboot());
        Assert.Contains("never made final", Assert.Throws<InvalidHandoverException>(() => _machine.SaveImage(Stream.Null)).Message);

        Kernel next = _machine.Boot();
        Assert.Contains("never made final", Assert.Single(next.BootEvents.OfType<KernelWarningEvent>()).Message);
        Assert.False(next.KexecHandover!.TryFindInherited(range.Address, out _));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void AFaultEndsTheBootAndIsTold(string fault)
    {
        using var image = new MemoryStream(Break(fault), writable: false);
        using Machine machine = Machine.FromImage(image, _machine.Options);
        Assert.Contains("0x", Assert.Throws<InvalidHandoverException>(() => machine.Boot()).Message);
        using var again = new MemoryStream(Break(fault), writable: false);
        Assert.Contains("0x", Assert.Throws<InvalidHandoverException>(() => LuoHandlers.Inspection.HandoverReport.Read(again)).Message);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void AnImageSavedAndReadAndSavedAgainIsTheSameFile(string name)
    {
        byte[] image = SmallHandover.Save(KernelProfile.Find(name)!);
        using Machine machine = Machine.FromImage(new MemoryStream(image), _machine.Options with { Kernel = KernelProfile.Find(name)! });
        using var saved = new MemoryStream();
        machine.SaveImage(saved);
        Assert.Equal(image, saved.ToArray());
    }

    public void Dispose() => _machine.Dispose();

    private static byte[] Break(string fault)
    {
        var editor = new ImageEditor(SmallHandover.Save(KernelProfile.Linux6_19)) { Format = KernelProfile.Linux6_19.Kho };
        ulong first = editor.TreeRoot;
        ulong second = editor.ReadMemory(first);
        ulong bitmap = editor.ReadMemory(first + 24);
        ulong counts = editor.ReadMemory(first + 8);
        switch (fault)
        {
            case "next chunk is itself":
                editor.WriteMemory(first, first);
                break;
            case "next chunk is a bitmap":
                editor.WriteMemory(first, bitmap);
                break;
            case "next chunk is not in memory":
                editor.WriteMemory(first, 1UL << 50);
                break;
            case "next chunk is between pages":
                editor.WriteMemory(first, second + 16);
                break;
            case "next chunk is free memory":
                editor.WriteMemory(first, editor.Pages.Max() - (2 * Page.Size));
                break;
            case "order 19":
                editor.WriteMemory(first + 8, (counts & ~0xffff_ffffUL) | 19);
                break;
            case "256 bitmaps":
                editor.WriteMemory(first + 8, (uint)counts | (256UL << 32));
                break;
            case "bitmap at 0":
                editor.WriteMemory(first + 24, 0);
                break;
            case "bitmap not in memory":
                editor.WriteMemory(first + 24, 1UL << 50);
                break;
            case "bitmap is the chunk":
                editor.WriteMemory(first + 24, first);
                break;
            case "bitmap twice":
                editor.WriteMemory(second + 24, bitmap);
                break;
            case "start between folios":
                editor.WriteMemory(second + 16, Page.Size);
                break;
            case "start within another bitmap":
                editor.WriteMemory(first + 16, 16 * Page.Size);
                break;
            case "start twice":
                // The second chunk says of other memory what the first one says.
                editor.WriteMemory(second + 8, (uint)counts | (1UL << 32));
                break;
            case "start not in memory":
                editor.WriteMemory(first + 16, 1UL << 50);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault, null);
        }
        return editor.Bytes;
    }

    private static (ulong Address, int Order) Describe(Folio folio) => (folio.Address.Value, folio.Order);

    /// <summary>All folios in the order in which the record lists them; none while there is no record.</summary>
    private static HashSet<(ulong Address, int Order)> ReadFolios(Machine machine, Kernel kernel)
    {
        var folios = new List<(ulong Address, int Order)>();
        for (ulong chunk = MapOf(kernel, machine); chunk != 0;)
        {
            ReadOnlySpan<byte> page = machine.Memory.GetSpan(new PhysicalAddress(chunk), Page.Size);
            int order = BinaryPrimitives.ReadInt32LittleEndian(page[8..]);
            int count = BinaryPrimitives.ReadInt32LittleEndian(page[12..]);
            for (int i = 0; i < count; i++)
            {
                ulong start = BinaryPrimitives.ReadUInt64LittleEndian(page[(16 + (16 * i))..]);
                ulong bitmap = BinaryPrimitives.ReadUInt64LittleEndian(page[(24 + (16 * i))..]);
                ReadOnlySpan<byte> bits = machine.Memory.GetSpan(new PhysicalAddress(bitmap), Page.Size);
                for (int bit = 0; bit < BitsPerBitmap; bit++)
                {
                    if ((bits[bit / 8] >> (bit % 8) & 1) != 0)
                        folios.Add((start + ((ulong)bit << (12 + order)), order));
                }
            }
            chunk = BinaryPrimitives.ReadUInt64LittleEndian(page);
        }
        Assert.Equal(folios.OrderBy(folio => folio.Order).ThenBy(folio => folio.Address), folios);
        return [.. folios];
    }

    private static ulong MapOf(Kernel kernel, Machine machine) =>
        KhoRoot.Read(machine.Memory.GetSpan(kernel.KexecHandover!.Root, Page.Size), kernel.Profile.Kho).MemoryMap.Value;

    private ulong MapOf(Kernel kernel) => MapOf(kernel, _machine);

    private ulong Read64(ulong address) => BinaryPrimitives.ReadUInt64LittleEndian(_machine.Memory.GetSpan(new PhysicalAddress(address), 8));

    private uint Read32(ulong address) => BinaryPrimitives.ReadUInt32LittleEndian(_machine.Memory.GetSpan(new PhysicalAddress(address), 4));
}
