using System.Buffers.Binary;
using System.Text;
using LuoHandlers.Emulation;
using LuoHandlers.History;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator;
using LuoHandlers.Orchestrator.Events;
using LuoHandlers.Orchestrator.Profiles;
using LuoHandlers.Runtime.Tests.Doubles;

namespace LuoHandlers.Runtime.Tests.History;

/// <summary>What the series before the merge hands over, and what its next kernel makes of that.</summary>
public sealed class PreMergeHandoverTests
{
    [Fact]
    public void TheNextKernelFindsAFileByTokenWhateverSessionItCameFrom()
    {
        using Machine machine = TestMachine.Create();
        PreMergeOrchestrator old = Boot(machine, new ScriptedPreMergeHandler { FreezeAddend = 100 });
        int[] devices = [old.OpenDevice(), old.OpenDevice()];
        Register(old, devices[0], 0x1a, 1);
        Register(old, devices[1], 0, 2);
        Register(old, devices[1], ulong.MaxValue, 3);
        Assert.Equal(0, old.SetEvent(PreMergeEvent.Prepare));

        // The files are frozen by the reboot.
        PreMergeOrchestrator luo = old.Kexec();
        Kernel kernel = luo.Kernel;
        Assert.Equal(PreMergeState.Updated, luo.State);
        var handler = new ScriptedPreMergeHandler();
        Assert.Equal(0, luo.RegisterFileHandler(handler));
        int device = luo.OpenDevice();
        int descriptor = luo.RetrieveFile(device, 0x1a);
        Assert.Equal(101UL, ((PlainFile)kernel.GetFile(descriptor)!).Value);
        Assert.Equal(-(int)Errno.EINVAL, luo.RetrieveFile(device, 0x1a));
        Assert.Equal(-(int)Errno.ENOENT, luo.RetrieveFile(device, 0x1b));
        handler.OnRetrieve = static () => -(int)Errno.EIO;
        Assert.Equal(-(int)Errno.EIO, luo.RetrieveFile(device, ulong.MaxValue));
        Assert.Equal(-(int)Errno.EINVAL, luo.RetrieveFile(device, ulong.MaxValue));
        Assert.Equal(0, luo.SetEvent(PreMergeEvent.Finish));
        Assert.Equal(
            ["retrieve 101", "retrieve 103", "finish 102 unclaimed without file", "finish 101 reclaimed with file", "finish 103 reclaimed without file"],
            handler.Calls);
        Assert.Equal(-(int)Errno.EBUSY, luo.RetrieveFile(device, 0));

        PlainFile file = (PlainFile)kernel.GetFile(descriptor)!;
        Assert.Equal(0, kernel.Close(descriptor));
        Assert.Equal(1, file.ReleaseCount);
        Assert.Equal(0, kernel.Close(device));
        AssertEmpty(kernel);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void FilesOfADeviceThatIsClosedDuringTheUpdateAreHandedOver(bool isFrozen)
    {
        using Machine machine = TestMachine.Create();
        PreMergeOrchestrator old = Boot(machine);
        int device = old.OpenDevice();
        Register(old, device, 1, 11);
        Assert.Equal(0, old.SetEvent(PreMergeEvent.Prepare));
        if (isFrozen)
            Assert.Equal(0, old.SetEvent(PreMergeEvent.Freeze));
        Assert.Equal(0, old.Kernel.Close(device));
        PreMergeOrchestrator luo = Next(old);
        int descriptor = luo.RetrieveFile(luo.OpenDevice(), 1);
        Assert.Equal(11UL, ((PlainFile)luo.Kernel.GetFile(descriptor)!).Value);
    }

    [Fact]
    public void TheTreeIsWrittenAsTheSeriesWritesIt()
    {
        using Machine machine = TestMachine.Create();
        PreMergeOrchestrator luo = Boot(machine);
        int[] devices = [luo.OpenDevice(), luo.OpenDevice()];
        Register(luo, devices[0], 0x1a, 0x1122334455667788);
        Register(luo, devices[1], 0, 5);
        Assert.Equal(0, luo.SetEvent(PreMergeEvent.Prepare));
        Assert.Equal(0, luo.Reboot());
        KhoSubtree subtree = ReadRoot(machine).FindSubtree("LUO")!;

        Assert.Equal(4096UL, subtree.ByteCount);
        byte[] structure =
        [
            .. Cells(1), .. Padded(""),
            .. Cells(1), .. Padded("file-descriptors"),
            .. Cells(3, 20, 5), .. Padded("file-descriptors-v1"),
            .. Cells(1), .. Padded("0x1a"),
            .. Cells(3, 9, 5), .. Padded("plain-v1"),
            .. Cells(3, 8, 0), 0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11,
            .. Cells(2),
            .. Cells(1), .. Padded("0"),
            .. Cells(3, 9, 5), .. Padded("plain-v1"),
            .. Cells(3, 8, 0), 5, 0, 0, 0, 0, 0, 0, 0,
            .. Cells(2, 2, 2, 9),
        ];
        byte[] strings = [.. "data\0compatible\0"u8];
        uint stringsStart = 64 + (uint)structure.Length;
        byte[] expected =
        [
            .. Cells(0xd00dfeed, stringsStart + 16, 64, stringsStart, 48, 17, 16, 0, 16, (uint)structure.Length),
            .. new byte[24],
            .. structure,
            .. strings,
        ];
        Assert.Equal(expected, machine.Memory.GetSpan(subtree.Address, expected.Length).ToArray());
    }

    [Fact]
    public void PrepareWritesTheDataAndFreezeWritesItAgain()
    {
        using Machine machine = TestMachine.Create();
        PreMergeOrchestrator luo = Boot(machine, new ScriptedPreMergeHandler { FreezeAddend = 0x100 });
        Register(luo, luo.OpenDevice(), 7, 0x42);
        HashSet<(ulong Address, int Order)> before = PreservedTree.ReadFolios(luo.Kernel);
        Assert.Equal(0, luo.SetEvent(PreMergeEvent.Prepare));
        (ulong tree, int order) = Assert.Single(PreservedTree.ReadFolios(luo.Kernel).Except(before));
        Assert.Equal(0, order);
        Assert.Equal(0x42UL, ReadData(machine, new PhysicalAddress(tree), "0x7"));
        Assert.Equal(0, luo.SetEvent(PreMergeEvent.Freeze));
        Assert.Equal(0x142UL, ReadData(machine, new PhysicalAddress(tree), "0x7"));
    }

    [Fact]
    public void NoFileAtAllIsPossible()
    {
        using Machine machine = TestMachine.Create();
        PreMergeOrchestrator old = Boot(machine);
        Assert.Equal(0, old.SetEvent(PreMergeEvent.Prepare));
        PreMergeOrchestrator luo = old.Kexec();
        Assert.Equal(PreMergeState.Updated, luo.State);
        int device = luo.OpenDevice();
        Assert.Equal(-(int)Errno.ENOENT, luo.RetrieveFile(device, 1));
        Assert.Equal(0, luo.SetEvent(PreMergeEvent.Finish));
        Assert.Equal(0, luo.Kernel.Close(device));
        AssertEmpty(luo.Kernel);
    }

    [Fact]
    public void WithoutPrepareNothingIsHandedOver()
    {
        using Machine machine = TestMachine.Create();
        PreMergeOrchestrator luo = Boot(machine);
        Register(luo, luo.OpenDevice(), 1, 1);
        Assert.Equal(PreMergeState.Normal, luo.Kexec().State);
    }

    [Fact]
    public void AMachineIsUpdatedTimeAndAgain()
    {
        using Machine machine = TestMachine.Create();
        PreMergeOrchestrator luo = Boot(machine);
        int descriptor = luo.Kernel.OpenFile(static () => new PlainFile(3));
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(0, luo.RegisterFile(luo.OpenDevice(), 1, descriptor));
            Assert.Equal(0, luo.SetEvent(PreMergeEvent.Prepare));
            luo = Next(luo);
            descriptor = luo.RetrieveFile(luo.OpenDevice(), 1);
            Assert.Equal(0, luo.SetEvent(PreMergeEvent.Finish));
        }
        Assert.Equal(3UL, ((PlainFile)luo.Kernel.GetFile(descriptor)!).Value);
    }

    [Fact]
    public void MoreFilesThanAPageHoldsAreHandedOver()
    {
        using Machine machine = TestMachine.Create();
        PreMergeOrchestrator old = Boot(machine);
        int device = old.OpenDevice();
        for (ulong token = 0; token < 500; token++)
            Register(old, device, token, token * 3);
        Assert.Equal(0, old.SetEvent(PreMergeEvent.Prepare));
        PreMergeOrchestrator luo = Next(old);
        device = luo.OpenDevice();
        Assert.Equal(-(int)Errno.ENOENT, luo.RetrieveFile(device, 500));
        for (ulong token = 0; token < 500; token++)
            Assert.Equal(token * 3, ((PlainFile)luo.Kernel.GetFile(luo.RetrieveFile(device, token))!).Value);
    }

    [Fact]
    public void ARebootThatFailsLeavesTheMachineInOrder()
    {
        using Machine machine = TestMachine.Create();
        var handler = new ScriptedPreMergeHandler { OnFreeze = static _ => -(int)Errno.EAGAIN };
        PreMergeOrchestrator luo = Boot(machine, handler);
        Register(luo, luo.OpenDevice(), 1, 1);
        Assert.Equal(0, luo.SetEvent(PreMergeEvent.Prepare));
        Assert.Equal(Errno.EAGAIN, Assert.Throws<ErrnoException>(() => luo.Kexec()).Errno);
        Assert.Equal(PreMergeState.Normal, luo.State);

        handler.OnFreeze = static _ => 0;
        Assert.Equal(0, luo.SetEvent(PreMergeEvent.Prepare));
        luo.Kernel.Faults.FailNext(FaultPoint.KhoSubtree);
        Assert.Equal(-(int)Errno.ENOMEM, luo.Reboot());
        Assert.Equal(PreMergeState.Frozen, luo.State);
        Assert.Same(luo.Kernel, machine.Running);
        Assert.Equal(PreMergeState.Updated, luo.Kexec().State);
    }

    [Fact]
    public void RetrievingNeedsTheStateAndADescriptor()
    {
        using Machine machine = TestMachine.Create();
        PreMergeOrchestrator old = Boot(machine);
        int device = old.OpenDevice();
        Assert.Equal(-(int)Errno.EBUSY, old.RetrieveFile(device, 1));
        Register(old, device, 1, 1);
        Assert.Equal(0, old.SetEvent(PreMergeEvent.Prepare));
        PreMergeOrchestrator luo = old.Kexec(new BootOptions { DescriptorLimit = 4 });
        Assert.Equal(0, luo.RegisterFileHandler(new ScriptedPreMergeHandler()));
        Assert.Equal(-(int)Errno.EMFILE, luo.RetrieveFile(luo.OpenDevice(), 1));
    }

    public static TheoryData<string, string> BadEntryCases => new()
    {
        { "name", "zebra" },
        { "decimal", "26" },
        { "too long", "0x1ffffffffffffffff" },
        { "no compatible", "0x1" },
        { "no NUL", "0x1" },
        { "no data", "0x1" },
        { "short data", "0x1" },
        { "long data", "0x1" },
        { "unknown handler", "0x1" },
        { "token twice", "0x2a" },
        { "token twice, in other letters", "0x2A" },
    };

    [Theory]
    [MemberData(nameof(BadEntryCases))]
    public void ABadEntryStopsTheMachineOnlyIfItIsTo(string fault, string name)
    {
        byte[]? compatible = fault switch
        {
            "no compatible" => null,
            "no NUL" => [.. "plain-v1"u8],
            "unknown handler" => [.. "other-v1\0"u8],
            _ => [.. "plain-v1\0"u8],
        };
        byte[]? data = fault switch
        {
            "no data" => null,
            "short data" => new byte[7],
            "long data" => new byte[9],
            _ => new byte[8],
        };
        byte[] tree = WriteTree("file-descriptors-v1", ("0x2a", [.. "plain-v1\0"u8], [9, 0, 0, 0, 0, 0, 0, 0]), (name, compatible, data));

        using Machine fragile = HandOver(tree, BadEntryPolicy.Fail);
        PreMergeOrchestrator luo = Boot(fragile);
        int device = luo.OpenDevice();
        Assert.Contains(name, Assert.Throws<KernelPanicException>(() => luo.RetrieveFile(device, 0x2a)).Message, StringComparison.Ordinal);

        using Machine robust = HandOver(tree, BadEntryPolicy.Isolate);
        luo = Boot(robust);
        List<LuoEvent> events = luo.Kernel.Record();
        int descriptor = luo.RetrieveFile(luo.OpenDevice(), 0x2a);
        Assert.Equal(9UL, ((PlainFile)luo.Kernel.GetFile(descriptor)!).Value);
        Assert.Contains(name, Assert.Single(events.OfType<BadEntryEvent>()).Message, StringComparison.Ordinal);
        Assert.Equal(0, luo.SetEvent(PreMergeEvent.Finish));
        Assert.Equal(0, luo.Kernel.KexecHandover!.InheritedPageCount);
    }

    [Theory]
    [InlineData("no tree")]
    [InlineData("file-descriptors-v2")]
    [InlineData("not inherited")]
    [InlineData("luo-session")]
    public void ATreeOfAnotherKernelStopsTheMachineOnlyIfItIsTo(string fault)
    {
        byte[] tree = fault switch
        {
            "no tree" or "not inherited" => new byte[64],
            "luo-session" => WriteForeignTree(fault),
            _ => WriteTree(fault),
        };
        bool isPreserved = fault != "not inherited";
        using Machine fragile = HandOver(tree, BadEntryPolicy.Fail, isPreserved);
        Assert.Throws<KernelPanicException>(() => Boot(fragile));
        Assert.Null(fragile.Running);
        Assert.Equal(PreMergeState.Normal, Boot(fragile).State);

        using Machine robust = HandOver(tree, BadEntryPolicy.Isolate, isPreserved);
        PreMergeOrchestrator luo = Boot(robust);
        List<LuoEvent> events = luo.Kernel.Record();
        Assert.Equal(PreMergeState.Updated, luo.State);
        Assert.Equal(-(int)Errno.ENOENT, luo.RetrieveFile(luo.OpenDevice(), 1));
        Assert.Single(events.OfType<BadEntryEvent>());
        Assert.Equal(0, luo.SetEvent(PreMergeEvent.Finish));
        Assert.Equal(0, luo.Kernel.KexecHandover!.InheritedPageCount);
    }

    [Fact]
    public void WhatTheMergedLuoHandsOverIsRefusedAndTheOtherWayRound()
    {
        Assert.All(KernelProfile.All, profile =>
        {
            var options = new MachineOptions { MemorySize = 64 * TestMachine.Megabyte, Kernel = profile };
            using Machine merged = Machine.Create(options);
            merged.Boot().KexecToHandover();
            Assert.Throws<KernelPanicException>(() => PreMergeOrchestrator.Boot(merged));

            using Machine before = Machine.Create(options);
            PreMergeOrchestrator luo = Boot(before);
            Assert.Equal(0, luo.SetEvent(PreMergeEvent.Prepare));
            Assert.Equal(0, luo.Reboot());
            Assert.Throws<KernelPanicException>(() => before.Boot());
        });
    }

    private static PreMergeOrchestrator Boot(Machine machine, ScriptedPreMergeHandler? handler = null)
    {
        PreMergeOrchestrator luo = PreMergeOrchestrator.Boot(machine);
        Assert.Equal(0, luo.RegisterFileHandler(handler ?? new ScriptedPreMergeHandler()));
        return luo;
    }

    private static PreMergeOrchestrator Next(PreMergeOrchestrator luo)
    {
        PreMergeOrchestrator next = luo.Kexec();
        Assert.Equal(0, next.RegisterFileHandler(new ScriptedPreMergeHandler()));
        return next;
    }

    private static void Register(PreMergeOrchestrator luo, int device, ulong token, ulong value) =>
        Assert.Equal(0, luo.RegisterFile(device, token, luo.Kernel.OpenFile(() => new PlainFile(value))));

    private static KhoRoot ReadRoot(Machine machine) => KhoRoot.Read(machine.Memory.GetSpan(machine.HandoverRoot, Page.Size), machine.Options.Kernel.Kho);

    private static ulong ReadData(Machine machine, PhysicalAddress tree, string entry) =>
        BinaryPrimitives.ReadUInt64LittleEndian(
            FlattenedDeviceTree.Read(machine.Memory.GetSpan(tree, Page.Size)).FindNode("file-descriptors")!.FindNode(entry)!.FindProperty("data"));

    /// <summary>A machine whose last kernel left a given tree.</summary>
    private static Machine HandOver(byte[] tree, BadEntryPolicy policy, bool isPreserved = true)
    {
        Machine machine = Machine.Create(new MachineOptions { MemorySize = 64 * TestMachine.Megabyte, OnBadEntry = policy });
        Kernel kernel = PreMergeOrchestrator.Boot(machine).Kernel;
        Folio page = kernel.Pages.Allocate();
        if (isPreserved)
            kernel.KexecHandover!.Preserve(page);
        tree.CopyTo(kernel.Pages.GetSpan(page));
        kernel.KexecHandover!.AddSubtree("LUO", page.Address, page.ByteCount);
        Assert.Equal(0, kernel.Reboot());
        return machine;
    }

    private static byte[] WriteTree(string compatible, params ReadOnlySpan<(string Name, byte[]? Compatible, byte[]? Data)> entries)
    {
        var files = new DeviceTreeNode("file-descriptors");
        files.AppendProperty("compatible", [.. Encoding.ASCII.GetBytes(compatible), 0]);
        foreach ((string name, byte[]? entryCompatible, byte[]? data) in entries)
        {
            var entry = new DeviceTreeNode(name);
            if (entryCompatible is not null)
                entry.AppendProperty("compatible", entryCompatible);
            if (data is not null)
                entry.AppendProperty("data", data);
            files.AppendNode(entry);
        }
        var root = new DeviceTreeNode("");
        root.AppendNode(files);
        return FlattenedDeviceTree.Write(root, ["data", "compatible"], isEdited: false);
    }

    private static byte[] WriteForeignTree(string node)
    {
        var root = new DeviceTreeNode("");
        root.AppendNode(new DeviceTreeNode(node));
        return FlattenedDeviceTree.Write(root, [], isEdited: false);
    }

    private static byte[] Cells(params ReadOnlySpan<uint> values)
    {
        byte[] bytes = new byte[4 * values.Length];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 * i), values[i]);
        return bytes;
    }

    private static byte[] Padded(string text)
    {
        byte[] bytes = new byte[(text.Length + 4) & ~3];
        Encoding.ASCII.GetBytes(text, bytes);
        return bytes;
    }

    /// <summary>Fails unless a kernel has given back all it made and all it inherited.</summary>
    private static void AssertEmpty(Kernel kernel)
    {
        using Machine machine = Machine.Create(kernel.Machine.Options);
        KernelLedger.Capture(PreMergeOrchestrator.Boot(machine).Kernel).AssertSame(kernel);
    }
}
