using LuoHandlers.Memory;

namespace LuoHandlers.Kho;

/// <summary>
/// Memory that a kernel handed over, only looked at: no kernel boots, nothing in it changes. What one reader gives up no other one finds, so
/// that memory with two owners is noticed. Not thread-safe.
/// </summary>
internal sealed class HandedOverMemory : IKho, IInheritedMemory
{
    private readonly PhysicalMemory _memory;
    private readonly InheritedPages _inherited;
    private long _blocksLeftToFollow;

    private HandedOverMemory(PhysicalMemory memory, AddressRanges? present, PhysicalAddress rootAddress, KhoRoot root, KhoFormat format)
    {
        _memory = memory;
        RootAddress = rootAddress;
        Root = root;
        Format = format;
        if (root.MemoryMap.IsNull)
            throw new InvalidHandoverException(rootAddress, "the KHO root", "names no record of preserved memory: what was handed over was never made final");
        var reader = new MemoryMapReader(memory, present);
        format.MemoryMap.Read(reader, root.MemoryMap);
        _inherited = reader.Pages;
        RecordPages = [.. reader.Read.Order()];
        Ranges = ReadRanges(present);
        _blocksLeftToFollow = Ranges.Sum(range => (long)range.Folio.PageCount);
        if (root.FindSubtree(KexecMetadata.SubtreeName) is { } subtree && _inherited.TryFind(subtree.Address, out Folio metadata))
            Metadata = KexecMetadata.Read(GetSpan(new KhoRange(metadata)));
    }

    /// <summary>Where the root is.</summary>
    public PhysicalAddress RootAddress { get; }

    /// <summary>The root.</summary>
    public KhoRoot Root { get; }

    /// <summary>The format of the root.</summary>
    public KhoFormat Format { get; }

    /// <summary>What the kernel that handed over said of itself; null if it said nothing.</summary>
    public KexecMetadata? Metadata { get; }

    /// <summary>All memory that was handed over, by ascending address.</summary>
    public IReadOnlyList<KhoRange> Ranges { get; }

    /// <summary>The pages of the record of preserved memory itself, by ascending address; they are not preserved.</summary>
    public IReadOnlyList<PhysicalAddress> RecordPages { get; }

    PageAllocator IKho.Pages => throw OnlyRead();

    /// <summary>Reads the root and the record of preserved memory.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="present">What of it is known; null: all of it.</param>
    /// <param name="root">The address of the root; not trusted.</param>
    /// <param name="formats">The formats that a root may have.</param>
    /// <exception cref="InvalidHandoverException">There is no such root, or the record is not valid.</exception>
    public static HandedOverMemory Read(PhysicalMemory memory, AddressRanges? present, PhysicalAddress root, IReadOnlyList<KhoFormat> formats)
    {
        if (!root.IsPageAligned || !memory.Contains(root, Page.Size) || present?.Contains(root, Page.Size) == false)
            throw new InvalidHandoverException(root, "the KHO root", "is not a page of memory, or is missing in the image");
        ReadOnlySpan<byte> page = memory.GetSpan(root, Page.Size);
        try
        {
            string compatible = KhoRoot.ReadCompatible(FlattenedDeviceTree.Read(page));
            KhoFormat format = formats.FirstOrDefault(format => format.Compatible == compatible)
                ?? throw new InvalidHandoverException(root, "the KHO root", $"is compatible with \"{compatible}\", and only \"{string.Join("\" or \"", formats.Select(format => format.Compatible))}\" is taken");
            return new HandedOverMemory(memory, present, root, KhoRoot.Read(page, format), format);
        }
        catch (InvalidDeviceTreeException e)
        {
            throw new InvalidHandoverException(root, "the KHO root", $"is no valid device tree: {e.Fault}");
        }
    }

    /// <inheritdoc/>
    public bool TryFindInherited(PhysicalAddress address, int byteCount, out KhoRange range)
    {
        bool isFound = _inherited.TryFind(address, out Folio folio) && folio.ByteCount >= byteCount;
        range = isFound ? new KhoRange(folio) : default;
        return isFound;
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(KhoRange range) => _memory.GetSpan(range.Address, range.ByteCount);

    /// <inheritdoc/>
    public bool TryRestoreFree(KhoRange range) => _inherited.Remove(range.Folio);

    /// <inheritdoc/>
    public bool TryFollowBlock() => --_blocksLeftToFollow >= 0;

    /// <inheritdoc/>
    public bool TryFindInherited(PhysicalAddress address, out KhoRange range) => TryFindInherited(address, 1, out range);

    /// <inheritdoc/>
    public KhoRange FindInherited(PhysicalAddress address) => TryFindInherited(address, 1, out KhoRange range)
        ? range
        : throw new ErrnoException(Errno.EINVAL, $"{address} is not the start of memory that was handed over, or something else has it already.");

    /// <inheritdoc/>
    public Folio Restore(KhoRange range) => TryRestoreFree(range)
        ? range.Folio
        : throw new ErrnoException(Errno.EINVAL, $"{range} is not memory that was handed over, or something else has it already.");

    /// <inheritdoc/>
    public void RestoreFree(KhoRange range) => Restore(range);

    KhoRange IKho.AllocatePreserved(int byteCount) => throw OnlyRead();

    void IKho.UnpreserveFree(KhoRange range) => throw OnlyRead();

    KhoRange IKho.Preserve(Folio folio) => throw OnlyRead();

    void IKho.Unpreserve(KhoRange range) => throw OnlyRead();

    KhoRange IKho.FindPreserved(PhysicalAddress address) => throw OnlyRead();

    private static ErrnoException OnlyRead() => new(Errno.EPERM, "Memory that was handed over is only read here: no kernel runs that could preserve anything.");

    private List<KhoRange> ReadRanges(AddressRanges? present)
    {
        var ranges = new List<KhoRange>();
        foreach (Folio folio in _inherited.Enumerate())
        {
            if (!_memory.Contains(folio.Address, (ulong)folio.ByteCount) || folio.Address.IsNull)
                throw new InvalidHandoverException(folio.Address, $"preserved memory of order {folio.Order}", "is not in memory");
            if (present?.Contains(folio.Address, (ulong)folio.ByteCount) == false)
                throw new InvalidHandoverException(folio.Address, $"preserved memory of order {folio.Order}", "is missing in the image");
            ranges.Add(new KhoRange(folio));
        }
        ranges.Sort(static (left, right) => left.Address.CompareTo(right.Address));
        for (int i = 1; i < ranges.Count; i++)
        {
            if (ranges[i].Address.Value - ranges[i - 1].Address.Value < (ulong)ranges[i - 1].ByteCount)
                throw new InvalidHandoverException(ranges[i].Address, $"preserved memory of order {ranges[i].Folio.Order}", "overlaps other preserved memory");
        }
        return ranges;
    }
}
