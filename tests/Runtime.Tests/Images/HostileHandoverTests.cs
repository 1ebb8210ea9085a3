using LuoHandlers.Emulation;
using LuoHandlers.Inspection;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator;
using LuoHandlers.Orchestrator.Events;

namespace LuoHandlers.Runtime.Tests.Images;

/// <summary>Valid files with hostile contents: each fault ends in what Linux does, or in an error that says where it is.</summary>
public sealed class HostileHandoverTests
{
    private const ulong FreePage = 0x2f_f000;

    public static TheoryData<string, Type> BootFaults => new()
    {
        { "tree points to itself", typeof(InvalidHandoverException) },
        { "tree points to one node everywhere", typeof(InvalidHandoverException) },
        { "tree points to nothing", typeof(InvalidHandoverException) },
        { "tree points out of memory", typeof(InvalidHandoverException) },
        { "tree points between pages", typeof(InvalidHandoverException) },
        { "page preserved that is not there", typeof(InvalidHandoverException) },
        { "page preserved in two orders", typeof(InvalidHandoverException) },
        { "LUO root not preserved", typeof(InvalidHandoverException) },
        { "LUO root of another ABI", typeof(KernelPanicException) },
        { "sessions point to themselves", typeof(KernelPanicException) },
        { "sessions point to the root", typeof(KernelPanicException) },
        { "sessions point to nothing", typeof(KernelPanicException) },
        { "no session in a block", typeof(KernelPanicException) },
        { "52 sessions in a block", typeof(KernelPanicException) },
        { "FLBs point to nothing", typeof(InvalidHandoverException) },
    };

    public static TheoryData<string> RestoreFaults =>
    [
        "two sessions of one name",
        "files point to themselves",
        "files point to nothing",
        "64 files in a block",
        "another number of files",
        "a file without handler",
    ];

    [Theory]
    [MemberData(nameof(BootFaults))]
    public void A_fault_that_boot_meets_ends_it(string fault, Type expected)
    {
        using Machine machine = Machine.FromImage(Break(fault));
        Exception error = Assert.Throws(expected, () => machine.Boot());
        Assert.Contains("0x", error.Message);
        if (fault != "LUO root of another ABI")
        {
            Exception refusal = Assert.Throws<InvalidHandoverException>(() => HandoverReport.Read(Break(fault)));
            Assert.Contains("0x", refusal.Message);
        }
    }

    [Theory]
    [MemberData(nameof(RestoreFaults))]
    public void A_fault_that_the_restore_meets_ends_it_for_good(string fault)
    {
        using Machine machine = Machine.FromImage(Break(fault));
        Kernel kernel = machine.Boot();
        SmallHandover.Register(kernel);
        Assert.Equal(-(int)Errno.EIO, kernel.OpenDevice());
        Assert.Equal(-(int)Errno.EIO, kernel.OpenDevice());
    }

    [Theory]
    [InlineData("two sessions of one name", "vm", "db")]
    [InlineData("files point to nothing", "db", "vm")]
    [InlineData("64 files in a block", "db", "vm")]
    [InlineData("a file without handler", "db", null)]
    [InlineData("sessions point to nothing", null, null)]
    [InlineData("no session in a block", null, null)]
    [InlineData("FLBs point to nothing", "vm", null)]
    public void Isolated_faults_leave_all_other_sessions_and_files(string fault, string? good, string? bad)
    {
        using Machine machine = Machine.FromImage(Break(fault), new MachineOptions { OnBadEntry = BadEntryPolicy.Isolate });
        Kernel kernel = machine.Boot();
        SmallHandover.Register(kernel);
        List<LuoEvent> events = [.. kernel.BootEvents];
        kernel.EventRaised += events.Add;
        var agent = new Agent(kernel);
        Assert.True(agent.Device >= 0);
        Assert.Contains(events, entry => entry is BadEntryEvent);
        if (good is not null)
        {
            int session = agent.RetrieveSession(good);
            agent.RetrieveMemfd(session, 1);
            Assert.Equal(0, agent.Finish(session));
        }
        if (bad is not null)
            Assert.True(agent.Retrieve(agent.RetrieveSession(bad), 1) < 0);
    }

    [Fact]
    public void The_other_files_of_a_session_with_a_bad_file_are_kept_and_the_bad_one_is_named()
    {
        using Machine machine = Machine.FromImage(Break("a file without handler"), new MachineOptions { OnBadEntry = BadEntryPolicy.Isolate });
        Kernel kernel = machine.Boot();
        SmallHandover.Register(kernel);
        List<LuoEvent> events = [];
        kernel.EventRaised += events.Add;
        var agent = new Agent(kernel);
        BadEntryEvent bad = Assert.Single(events.OfType<BadEntryEvent>());
        Assert.Equal(("vm", 1UL), (bad.Session, bad.Token!.Value));
        Assert.Contains("nobody-v1", bad.Message);
        int session = agent.RetrieveSession("vm");
        Assert.Equal(-(int)Errno.ENOENT, agent.Retrieve(session, 1));
        Assert.Equal(100, agent.RetrieveMemfd(session, 2).Size);
        Assert.Equal(0, agent.Finish(session));
    }

    [Fact]
    public void The_empty_block_that_a_refused_name_leaves_costs_nothing_when_it_is_isolated()
    {
        // The mistake of Linux that makes the next kernel panic, with all sessions lost.
        Machine Reboot(BadEntryPolicy policy)
        {
            Machine machine = Machine.Create(new MachineOptions { MemorySize = 4 << 20, OnBadEntry = policy });
            Kernel kernel = machine.Boot();
            SmallHandover.Register(kernel);
            var agent = new Agent(kernel);
            for (int i = 0; i < 51; i++)
                Assert.True(agent.CreateSession($"session {i}") >= 0);
            Assert.Equal(-(int)Errno.EEXIST, agent.CreateSession("session 0"));
            Assert.Equal(0, kernel.Reboot());
            return machine;
        }

        using Machine linux = Reboot(BadEntryPolicy.Fail);
        Assert.Throws<KernelPanicException>(() => linux.Boot());

        using Machine isolating = Reboot(BadEntryPolicy.Isolate);
        Kernel next = isolating.Boot();
        Assert.Single(next.BootEvents.OfType<BadEntryEvent>());
        Assert.True(new Agent(next).RetrieveSession("session 50") >= 0);
        Assert.Equal(51, next.Orchestrator.IncomingSessionCount);
    }

    [Fact]
    public void Sessions_that_share_their_file_blocks_cannot_multiply_without_end()
    {
        using Machine machine = CreateShared(sessionBlocks: 20, fileBlocks: 20, new MachineOptions());
        Kernel kernel = machine.Boot();
        SmallHandover.Register(kernel);
        Assert.Equal(-(int)Errno.EIO, kernel.OpenDevice());
        // About as many blocks as pages were handed over: one for each file's state, and 20 for each session.
        Assert.InRange(kernel.Orchestrator.IncomingSessionCount, 63, 80);
    }

    [Fact]
    public void Isolated_sessions_that_share_their_file_blocks_lose_them_when_there_are_too_many()
    {
        using Machine machine = CreateShared(sessionBlocks: 20, fileBlocks: 20, new MachineOptions { OnBadEntry = BadEntryPolicy.Isolate });
        Kernel kernel = machine.Boot();
        SmallHandover.Register(kernel);
        var events = new List<LuoEvent>();
        kernel.EventRaised += events.Add;
        var agent = new Agent(kernel);
        Assert.Equal(20 * 51, kernel.Orchestrator.IncomingSessionCount);
        Assert.Contains(events, entry => entry is BadEntryEvent bad && bad.Message.Contains("shares its block", StringComparison.Ordinal));
        Assert.Equal(-(int)Errno.ENOENT, agent.Retrieve(agent.RetrieveSession("1000"), 1));
    }

    [Fact]
    public void Memory_at_far_addresses_takes_little()
    {
        // Two pages 32 TiB apart: nothing may be as large as what is between them.
        var editor = new ImageEditor(SmallHandover.Image);
        editor.WriteFile(ImageEditor.SegmentField(editor.SegmentCount - 1, 24), 1UL << 45);
        long before = GC.GetAllocatedBytesForCurrentThread();
        using Machine machine = Machine.FromImage(editor.ToStream());
        Assert.Throws<InvalidHandoverException>(() => machine.Boot());
        PageAllocator allocator = new(machine.Memory);
        Assert.True(allocator.TryReserve(new Folio(new PhysicalAddress(1UL << 45).Pfn, 0)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32 << 20);
    }

    [Theory]
    [InlineData(24, 0UL)]
    [InlineData(24, ulong.MaxValue)]
    [InlineData(8, ulong.MaxValue)]
    [InlineData(32, 0x1000UL)]
    [InlineData(32, 1UL)]
    [InlineData(40, ulong.MaxValue)]
    public void A_memfd_whose_record_contradicts_itself_is_told_by_the_report(int field, ulong value)
    {
        var editor = new ImageEditor(SmallHandover.Image);
        ulong state = editor.MemfdState(0, 0);
        editor.WriteMemory(state + (ulong)field, value);
        var error = Assert.Throws<InvalidHandoverException>(() => HandoverReport.Read(editor.ToStream()));
        Assert.Equal(state, error.Address.Value);
        Assert.Contains("memfd-v2 0x1 in session \"vm\"", error.Message);
    }

    [Fact]
    public void Files_that_share_a_state_are_told_by_the_report()
    {
        var editor = new ImageEditor(SmallHandover.Image);
        editor.WriteMemory(editor.FileEntry(0, 1) + 48, editor.MemfdState(0, 0));
        var error = Assert.Throws<InvalidHandoverException>(() => HandoverReport.Read(editor.ToStream()));
        Assert.Equal(editor.MemfdState(0, 0), error.Address.Value);
    }

    [Fact]
    public void A_count_of_FLBs_beyond_their_page_is_told_by_the_report()
    {
        var editor = new ImageEditor(SmallHandover.Image);
        editor.WriteMemory(editor.FlbPage + 8, 64);
        var error = Assert.Throws<InvalidHandoverException>(() => HandoverReport.Read(editor.ToStream()));
        Assert.Equal(editor.FlbPage, error.Address.Value);
    }

    [Fact]
    public void A_root_that_is_no_device_tree_is_ignored_as_Linux_ignores_it()
    {
        var editor = new ImageEditor(SmallHandover.Image);
        editor.WriteMemory(editor.Root, 0);
        using Machine machine = Machine.FromImage(editor.ToStream());
        Kernel kernel = machine.Boot();
        Assert.Contains(kernel.BootEvents, entry => entry is KernelWarningEvent);
        Assert.Equal(1UL, kernel.Orchestrator.LiveUpdateNumber);
        Assert.Throws<InvalidHandoverException>(() => HandoverReport.Read(editor.ToStream()));
    }

    private static MemoryStream Break(string fault)
    {
        var editor = new ImageEditor(SmallHandover.Image);
        switch (fault)
        {
            case "tree points to itself":
                editor.WriteMemory(editor.TreeRoot + 8, editor.TreeRoot);
                break;
            case "tree points to one node everywhere":
                // On every level: a walk that does not notice takes 512 times as long on each.
                for (ulong node = editor.TreeRoot, level = PageKey.Levels - 1; level >= 1; level--)
                {
                    ulong child = Enumerable.Range(0, 512).Select(i => editor.ReadMemory(node + (8 * (ulong)i))).First(slot => slot != 0);
                    for (ulong i = 0; i < 512; i++)
                        editor.WriteMemory(node + (8 * i), child);
                    node = child;
                }
                break;
            case "tree points to nothing":
                editor.WriteMemory(editor.TreeRoot + 8, FreePage);
                break;
            case "tree points out of memory":
                editor.WriteMemory(editor.TreeRoot + 8, 1UL << 50);
                break;
            case "tree points between pages":
                editor.WriteMemory(editor.TreeRoot + 8, editor.TreeRoot + 8);
                break;
            case "page preserved that is not there":
                SetBit(editor, new Folio(new PhysicalAddress(FreePage).Pfn, 0));
                break;
            case "page preserved in two orders":
                AddSecondOrder(editor);
                break;
            case "LUO root not preserved":
                ClearBit(editor, new Folio(new PhysicalAddress(editor.LuoRoot).Pfn, 0));
                break;
            case "LUO root of another ABI":
                editor.WriteMemory(editor.LuoRoot, "luo-v4");
                break;
            case "sessions point to themselves":
                editor.WriteMemory(editor.SessionBlock, editor.SessionBlock);
                break;
            case "sessions point to the root":
                editor.WriteMemory(editor.SessionBlock, editor.LuoRoot);
                break;
            case "sessions point to nothing":
                editor.WriteMemory(editor.LuoRoot + 16, FreePage);
                break;
            case "no session in a block":
                editor.WriteMemory(editor.SessionBlock + 8, 0);
                break;
            case "52 sessions in a block":
                editor.WriteMemory(editor.SessionBlock + 8, 52);
                break;
            case "FLBs point to nothing":
                editor.WriteMemory(editor.LuoRoot + 24, FreePage);
                break;
            case "two sessions of one name":
                editor.WriteMemory(editor.SessionEntry(2), "vm");
                break;
            case "files point to themselves":
                editor.WriteMemory(editor.FileBlock(0), editor.FileBlock(0));
                break;
            case "files point to nothing":
                editor.WriteMemory(editor.SessionEntry(0) + 64, FreePage);
                break;
            case "64 files in a block":
                editor.WriteMemory(editor.FileBlock(0) + 8, 64);
                break;
            case "another number of files":
                editor.WriteMemory(editor.SessionEntry(0) + 72, 1);
                break;
            case "a file without handler":
                editor.WriteMemory(editor.FileEntry(0, 0), "nobody-v1");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault, null);
        }
        return editor.ToStream();
    }

    private static ulong Leaf(ImageEditor editor, ulong key)
    {
        ulong node = editor.TreeRoot;
        for (int level = PageKey.Levels - 1; level >= 1; level--)
            node = editor.ReadMemory(node + (8 * (ulong)PageKey.TableIndex(key, level)));
        return node;
    }

    private static ulong Word(ImageEditor editor, Folio folio, out ulong bit)
    {
        ulong key = PageKey.Encode(folio);
        bit = 1UL << (int)(key & 63);
        return Leaf(editor, key) + (((key & ((1UL << PageKey.LeafBits) - 1)) >> 6) * 8);
    }

    private static void SetBit(ImageEditor editor, Folio folio)
    {
        ulong word = Word(editor, folio, out ulong bit);
        editor.WriteMemory(word, editor.ReadMemory(word) | bit);
    }

    private static void ClearBit(ImageEditor editor, Folio folio)
    {
        ulong word = Word(editor, folio, out ulong bit);
        editor.WriteMemory(word, editor.ReadMemory(word) & ~bit);
    }

    /// <summary>Makes an unused page of the tree's level 1 lead to the leaf of order 1 as well, in the page of the FLBs, and sets a bit there.</summary>
    private static void AddSecondOrder(ImageEditor editor)
    {
        ulong page = editor.LuoRoot & ~0x1fffUL;
        ulong key = PageKey.Encode(new Folio(new PhysicalAddress(page).Pfn, 1));
        // The way down is made of pages of memfds' contents, which are as good as any.
        List<ulong> spare = [.. editor.Pages.Where(candidate => editor.Bytes[editor.Offset(candidate)] is 0xa1 or 0xa2 || IsZero(editor, candidate))];
        ulong node = editor.TreeRoot;
        for (int level = PageKey.Levels - 1; level >= 1; level--)
        {
            ulong slot = node + (8 * (ulong)PageKey.TableIndex(key, level));
            if (editor.ReadMemory(slot) == 0)
            {
                editor.Bytes.AsSpan(editor.Offset(spare[0]), Page.Size).Clear();
                editor.WriteMemory(slot, spare[0]);
                spare.RemoveAt(0);
            }
            node = editor.ReadMemory(slot);
        }
        editor.WriteMemory(node + (((key & ((1UL << PageKey.LeafBits) - 1)) >> 6) * 8), 1UL << (int)(key & 63));
    }

    private static bool IsZero(ImageEditor editor, ulong page) => !editor.Bytes.AsSpan(editor.Offset(page), Page.Size).ContainsAnyExcept((byte)0);

    /// <summary>A handover of as many sessions as fit into some blocks, all of which have the same long chain of files.</summary>
    private static Machine CreateShared(int sessionBlocks, int fileBlocks, MachineOptions options)
    {
        Machine machine = Machine.Create(options with { MemorySize = 64 << 20 });
        Kernel kernel = machine.Boot();
        SmallHandover.Register(kernel);
        var agent = new Agent(kernel);
        int first = agent.CreateSession("0");
        for (int i = 0; i < fileBlocks * 63; i++)
            Assert.Equal(0, agent.Preserve(first, (ulong)i, SmallHandover.CreateMemfd(kernel, 0, 0)));
        for (int i = 1; i < sessionBlocks * 51; i++)
            Assert.True(agent.CreateSession($"{i}") >= 0);
        Assert.Equal(0, kernel.Reboot());

        using var saved = new MemoryStream();
        machine.SaveImage(saved);
        machine.Dispose();
        var editor = new ImageEditor(saved.ToArray());
        ulong files = editor.FileBlock(0);
        for (ulong block = editor.SessionBlock; block != 0; block = editor.ReadMemory(block))
        {
            for (ulong i = 0; i < editor.ReadMemory(block + 8); i++)
            {
                editor.WriteMemory(block + 16 + (i * 80) + 64, files);
                editor.WriteMemory(block + 16 + (i * 80) + 72, (ulong)(fileBlocks * 63));
            }
        }
        return Machine.FromImage(editor.ToStream(), options);
    }
}
