using System.Buffers.Binary;
using System.Text;
using LuoHandlers.Kho;
using LuoHandlers.Memory;

namespace LuoHandlers.Orchestrator.Formats;

/// <summary>
/// The format of Linux 6.19 and 7.0: a page with a device tree <c>luo-v1</c> that has the addresses of the sessions' array and, with FLBs, of their
/// page; an array of 16 pages for the sessions and one of 2 pages for the files of each (<c>include/linux/kho/abi/luo.h</c> of those kernels).
/// The u64 values are raw little-endian.
/// </summary>
internal sealed class DeviceTreeHandoverFormat(bool hasFlbs) : HandoverFormat
{
    private const string RootCompatible = "luo-v1";
    private const string CompatibleProperty = "compatible";
    private const string NumberProperty = "liveupdate-number";
    private const string SessionNode = "luo-session";
    private const string SessionCompatible = "luo-session-v2";
    private const string SessionHeaderProperty = "luo-session-header";
    private const string FlbNode = "luo-flb";
    private const string FlbCompatible = "luo-flb-v1";
    private const string FlbHeaderProperty = "luo-flb-header";

    private static readonly EntryArrayLayout SessionLayout = new(16 * Page.Size, SessionEntry.Size, HasCount: true);
    private static readonly EntryArrayLayout FileLayout = new(2 * Page.Size, FileEntry.Size, HasCount: false);

    public override string Compatible => RootCompatible;

    public override int MaximumSessions => SessionLayout.Capacity;

    public override int MaximumFilesPerSession => FileLayout.Capacity;

    public override OutgoingHandover CreateOutgoing(KexecHandover kho, FaultInjection faults, ulong liveUpdateNumber)
    {
        KhoRange tree = kho.AllocatePreserved(Page.Size);
        // What fails after this gives back the tree alone; all else stays preserved, as in Linux.
        var sessions = new EntryArray(kho, SessionLayout, Errno.ENOMEM) { IsPermanent = true };
        KhoRange flbs = default;
        bool isComplete = sessions.Reserve(0) == 0;
        if (hasFlbs)
            isComplete &= kho.TryAllocatePreserved(Page.Size, out flbs);
        try
        {
            if (!isComplete)
                throw new ErrnoException(Errno.ENOMEM, "There is no memory for the sessions or the FLBs.");
            if (hasFlbs)
                FlbPage.WriteHeader(kho.GetSpan(flbs), 0);
            WriteTree(liveUpdateNumber, sessions.Address, flbs.Address).CopyTo(kho.GetSpan(tree));
            kho.AddSubtree(SubtreeName, tree.Address, Page.Size);
        }
        catch (ErrnoException)
        {
            kho.UnpreserveFree(tree);
            throw;
        }
        return new Outgoing(kho, sessions, hasFlbs ? flbs : null);
    }

    public override IncomingHandover ReadIncoming(IInheritedMemory memory, FaultInjection faults, KhoSubtree subtree, BadEntries badEntries)
    {
        if (!memory.TryFindInherited(subtree.Address, Page.Size, out KhoRange page))
            throw new InvalidHandoverException(subtree.Address, "LUO's device tree", "is no inherited page");
        DeviceTreeNode root;
        try
        {
            root = FlattenedDeviceTree.Read(memory.GetSpan(page));
        }
        catch (InvalidDeviceTreeException e)
        {
            throw new KernelPanicException($"What LUO was handed over at {subtree.Address} is no device tree. {e.Message}");
        }
        CheckCompatible(root, RootCompatible, subtree.Address);
        ulong number = ReadNumber(root, NumberProperty, subtree.Address);
        var sessions = new PhysicalAddress(ReadNode(root, SessionNode, SessionCompatible, SessionHeaderProperty, subtree.Address));
        KhoRange? flbs = null;
        if (hasFlbs)
        {
            var address = new PhysicalAddress(ReadNode(root, FlbNode, FlbCompatible, FlbHeaderProperty, subtree.Address));
            if (memory.TryFindInherited(address, Page.Size, out KhoRange found))
                flbs = found;
            else if (!badEntries.TryIsolate($"The page of FLBs at {address} is no inherited page: all FLBs are left out."))
                throw new InvalidHandoverException(address, "the page of FLBs", "is no inherited page");
        }
        if (!memory.TryFindInherited(sessions, SessionLayout.ByteCount, out KhoRange array))
            throw new InvalidHandoverException(sessions, "the array of sessions", $"is no inherited memory of {SessionLayout.ByteCount} bytes");
        ulong count = BinaryPrimitives.ReadUInt64LittleEndian(memory.GetSpan(array));
        return new IncomingHandover(number, new IncomingArray(memory, array, SessionLayout, count), flbs);
    }

    public override EntryStore CreateFileStore(KexecHandover kho, FaultInjection faults) => new EntryArray(kho, FileLayout, Errno.ENOSPC);

    public override bool TryReadFiles(
        IInheritedMemory memory,
        FaultInjection faults,
        SessionEntry session,
        BadEntries badEntries,
        out IncomingEntries files,
        out string fault)
    {
        bool isFound = memory.TryFindInherited(session.Files, FileLayout.ByteCount, out KhoRange array);
        files = new IncomingArray(memory, array, FileLayout, isFound ? session.FileCount : 0);
        fault = isFound ? "" : $"The array of files at {session.Files} is no inherited memory of {FileLayout.ByteCount} bytes.";
        return isFound || badEntries.TryIsolate(fault, session.Name);
    }

    private static byte[] Text(string text) => [.. Encoding.ASCII.GetBytes(text), 0];

    private static void CheckCompatible(DeviceTreeNode node, string compatible, PhysicalAddress tree)
    {
        byte[] found = node.FindProperty(CompatibleProperty) ?? [];
        string[] strings = Encoding.Latin1.GetString(found).Split('\0');
        if (!strings.SkipLast(1).Contains(compatible))
        {
            throw new KernelPanicException(
                $"The node /{node.Name} of LUO's device tree at {tree} is compatible with \"{string.Join("\", \"", strings.SkipLast(1))}\", and this kernel takes only \"{compatible}\".");
        }
    }

    private static ulong ReadNumber(DeviceTreeNode node, string property, PhysicalAddress tree) =>
        node.FindProperty(property) is { Length: sizeof(ulong) } value
            ? BinaryPrimitives.ReadUInt64LittleEndian(value)
            : throw new KernelPanicException($"The node /{node.Name} of LUO's device tree at {tree} has no property {property} of 8 bytes.");

    private static ulong ReadNode(DeviceTreeNode root, string name, string compatible, string property, PhysicalAddress tree)
    {
        DeviceTreeNode node = root.FindNode(name) ?? throw new KernelPanicException($"LUO's device tree at {tree} has no node {name}.");
        CheckCompatible(node, compatible, tree);
        return ReadNumber(node, property, tree);
    }

    private byte[] WriteTree(ulong liveUpdateNumber, PhysicalAddress sessions, PhysicalAddress flbs)
    {
        var root = new DeviceTreeNode("");
        root.AppendProperty(CompatibleProperty, Text(RootCompatible));
        root.AppendProperty(NumberProperty, liveUpdateNumber);
        AppendNode(root, SessionNode, SessionCompatible, SessionHeaderProperty, sessions);
        // The sequential writer puts each new property name in front of the others.
        List<string> strings = [SessionHeaderProperty, NumberProperty, CompatibleProperty];
        if (hasFlbs)
        {
            AppendNode(root, FlbNode, FlbCompatible, FlbHeaderProperty, flbs);
            strings.Insert(0, FlbHeaderProperty);
        }
        return FlattenedDeviceTree.Write(root, strings, isEdited: false);
    }

    private static void AppendNode(DeviceTreeNode root, string name, string compatible, string property, PhysicalAddress address)
    {
        var node = new DeviceTreeNode(name);
        node.AppendProperty(CompatibleProperty, Text(compatible));
        node.AppendProperty(property, address.Value);
        root.AppendNode(node);
    }

    private sealed class Outgoing(KexecHandover kho, EntryArray sessions, KhoRange? flbs) : OutgoingHandover
    {
        public override EntryStore Sessions => sessions;

        /// <summary>The tree has said so since boot.</summary>
        public override void CommitSessions()
        {
        }

        public override void CancelCommit() => WriteFlbs([]);

        public override void WriteFlbs(IReadOnlyList<FlbEntry> entries)
        {
            if (flbs is { } range)
                FlbPage.Write(kho.GetSpan(range), entries);
        }
    }
}
