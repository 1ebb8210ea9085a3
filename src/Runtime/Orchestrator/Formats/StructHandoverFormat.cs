using System.Buffers.Binary;
using System.Text;
using LuoHandlers.Kho;
using LuoHandlers.Memory;

namespace LuoHandlers.Orchestrator.Formats;

/// <summary>
/// The format since Linux 7.2: a root struct of 32 bytes, char compatible[8], u64 number, u64 sessions, u64 FLBs, and chains of blocks
/// (<c>include/linux/kho/abi/luo.h</c>, <c>struct luo_ser</c>).
/// </summary>
internal sealed class StructHandoverFormat(string compatible) : HandoverFormat
{
    /// <summary>The size of the root.</summary>
    public const int RootSize = 32;

    private const int CompatibleFieldSize = 8;
    private const int NumberOffset = 8;
    private const int SessionsOffset = 16;
    private const int FlbsOffset = 24;

    public override string Compatible => compatible;

    public override int MaximumSessions => BlockChain.MaximumBlocks * BlockChain.GetEntriesPerBlock(SessionEntry.Size);

    public override int MaximumFilesPerSession => BlockChain.MaximumBlocks * BlockChain.GetEntriesPerBlock(FileEntry.Size);

    public override OutgoingHandover CreateOutgoing(KexecHandover kho, FaultInjection faults, ulong liveUpdateNumber)
    {
        KhoRange root = kho.AllocatePreserved(RootSize);
        KhoRange flbs;
        try
        {
            flbs = kho.AllocatePreserved(Page.Size);
        }
        catch (ErrnoException)
        {
            kho.UnpreserveFree(root);
            throw;
        }
        Span<byte> span = kho.GetSpan(root);
        Encoding.ASCII.GetBytes(compatible, span);
        BinaryPrimitives.WriteUInt64LittleEndian(span[NumberOffset..], liveUpdateNumber);
        BinaryPrimitives.WriteUInt64LittleEndian(span[FlbsOffset..], flbs.Address.Value);
        FlbPage.WriteHeader(kho.GetSpan(flbs), 0);
        try
        {
            kho.AddSubtree(SubtreeName, root.Address, RootSize);
        }
        catch (ErrnoException)
        {
            // Linux gives back the root only; the page for the FLBs stays preserved.
            kho.UnpreserveFree(root);
            throw;
        }
        return new Outgoing(kho, faults, root, flbs);
    }

    public override IncomingHandover ReadIncoming(IInheritedMemory memory, FaultInjection faults, KhoSubtree subtree, BadEntries badEntries)
    {
        if (subtree.ByteCount is not { } byteCount || byteCount < RootSize)
            throw new KernelPanicException($"LUO's root at {subtree.Address} is {subtree.ByteCount ?? 0} bytes long; {compatible} takes {RootSize}.");
        if (!memory.TryFindInherited(subtree.Address, RootSize, out KhoRange root))
            throw new InvalidHandoverException(subtree.Address, "LUO's root", "is no inherited memory");
        ReadOnlySpan<byte> span = memory.GetSpan(root);
        ReadOnlySpan<byte> found = span[..CompatibleFieldSize];
        int length = found.IndexOf((byte)0);
        found = length < 0 ? found : found[..length];
        if (!found.SequenceEqual(Encoding.ASCII.GetBytes(compatible)))
        {
            throw new KernelPanicException(
                $"LUO's root at {subtree.Address} was written as \"{Encoding.Latin1.GetString(found)}\", and this kernel takes only \"{compatible}\".");
        }
        ulong number = BinaryPrimitives.ReadUInt64LittleEndian(span[NumberOffset..]);
        var sessionsAddress = new PhysicalAddress(BinaryPrimitives.ReadUInt64LittleEndian(span[SessionsOffset..]));
        var flbsAddress = new PhysicalAddress(BinaryPrimitives.ReadUInt64LittleEndian(span[FlbsOffset..]));
        // From here on the root is free, so that nothing that it points to can be the root itself.
        memory.TryRestoreFree(root);

        if (!IncomingBlockChain.TryRead(memory, faults, sessionsAddress, SessionEntry.Size, badEntries, out IncomingBlockChain sessions, out string fault))
            throw new KernelPanicException($"The sessions that were handed over can't be read. {fault}");
        KhoRange? flbs = null;
        if (!flbsAddress.IsNull)
        {
            if (memory.TryFindInherited(flbsAddress, Page.Size, out KhoRange page))
                flbs = page;
            else if (!badEntries.TryIsolate($"The page of FLBs at {flbsAddress} is no inherited page: all FLBs are left out."))
                throw new InvalidHandoverException(flbsAddress, "the page of FLBs", "is no inherited page");
        }
        return new IncomingHandover(number, sessionsAddress.IsNull ? null : sessions, flbs);
    }

    public override EntryStore CreateFileStore(KexecHandover kho, FaultInjection faults) => new BlockChain(kho, faults, FileEntry.Size);

    public override bool TryReadFiles(
        IInheritedMemory memory,
        FaultInjection faults,
        SessionEntry session,
        BadEntries badEntries,
        out IncomingEntries files,
        out string fault)
    {
        bool isValid = IncomingBlockChain.TryRead(memory, faults, session.Files, FileEntry.Size, badEntries, out IncomingBlockChain chain, out fault);
        files = chain;
        if (isValid && !session.Files.IsNull && (ulong)chain.Count != session.FileCount)
        {
            fault = $"The blocks at {session.Files} hold {chain.Count} files, but the session counts {session.FileCount}.";
            return badEntries.TryIsolate(fault, session.Name);
        }
        return isValid;
    }

    private sealed class Outgoing(KexecHandover kho, FaultInjection faults, KhoRange root, KhoRange flbs) : OutgoingHandover
    {
        public override EntryStore Sessions { get; } = new BlockChain(kho, faults, SessionEntry.Size);

        public override void CommitSessions() =>
            BinaryPrimitives.WriteUInt64LittleEndian(kho.GetSpan(root)[SessionsOffset..], Sessions.Address.Value);

        public override void CancelCommit()
        {
            BinaryPrimitives.WriteUInt64LittleEndian(kho.GetSpan(root)[SessionsOffset..], 0);
            WriteFlbs([]);
        }

        public override void WriteFlbs(IReadOnlyList<FlbEntry> entries) => FlbPage.Write(kho.GetSpan(flbs), entries);
    }
}
