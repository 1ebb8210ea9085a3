using LuoHandlers.Memory;

namespace LuoHandlers.Kho;

/// <summary>
/// Kexec Handover of one kernel: keeps the record, in physical memory, of what shall survive, and hands out what did.
/// </summary>
public sealed class KexecHandover : IKho, IInheritedMemory
{
    private readonly Lock _lock = new();
    private readonly FaultInjection _faults;
    private readonly InheritedPages? _inherited;
    private readonly PreservedPages _preserved;
    private readonly KhoRoot _outgoing;
    private readonly Folio _rootPage;
    private long _preservedPageCount;
    private long _inheritedPageCount;
    private long _blocksLeftToFollow;

    /// <summary>Boots KHO: takes over what the previous kernel preserved, and begins the root of what this one hands over.</summary>
    /// <param name="pages">The memory of this kernel; nothing may be allocated yet.</param>
    /// <param name="format">The format of this kernel.</param>
    /// <param name="release">The release of this kernel.</param>
    /// <param name="incomingRoot">The root that the previous kernel left; not trusted. Null address: there was none.</param>
    /// <param name="present">What of the memory was known when the machine was made of an image; null: all of it.</param>
    /// <param name="faults">Which allocations shall fail.</param>
    /// <exception cref="InvalidHandoverException">What was handed over breaks its format in a way that Linux does not check.</exception>
    /// <exception cref="ErrnoException"><see cref="Errno.ENOMEM"/>: no memory for the root.</exception>
    internal KexecHandover(PageAllocator pages, KhoFormat format, string release, PhysicalAddress incomingRoot, AddressRanges? present, FaultInjection faults)
    {
        Pages = pages;
        _faults = faults;
        if (!incomingRoot.IsNull)
        {
            Incoming = ReadIncomingRoot(pages.Memory, format, incomingRoot);
            if (Incoming is not null)
                _inherited = TakeOver(format, incomingRoot, present);
        }
        _preserved = format.MemoryMap.CreateOutgoing(pages);
        _outgoing = KhoRoot.Create(format, _preserved.Address);
        _rootPage = AllocateOwnPage();
        Metadata = new KexecMetadata(release, (IncomingMetadata?.KexecCount ?? 0) + 1);
        if (format.HasMetadata)
        {
            Folio metadata = AllocateOwnPage();
            Metadata.Write(pages.GetSpan(metadata));
            _outgoing.AddSubtree(new KhoSubtree(KexecMetadata.SubtreeName, metadata.Address, KexecMetadata.ByteCount));
        }
        WriteRoot();
    }

    /// <inheritdoc/>
    public PageAllocator Pages { get; }

    /// <summary>The root that the previous kernel handed over; null if there was none, or it was not for this kernel.</summary>
    public KhoRoot? Incoming { get; }

    /// <summary>What the previous kernel said of itself.</summary>
    public KexecMetadata? IncomingMetadata { get; private set; }

    /// <summary>Why the root that was handed over is ignored, as Linux ignores it; null if it is not.</summary>
    public string? IncomingFault { get; private set; }

    /// <summary>What this kernel says of itself.</summary>
    public KexecMetadata Metadata { get; }

    /// <summary>The address of the root that the next kernel shall read.</summary>
    public PhysicalAddress Root => _rootPage.Address;

    /// <summary>How many pages this kernel preserves for the next, KHO's own not counted.</summary>
    public long PreservedPageCount => Interlocked.Read(ref _preservedPageCount);

    /// <summary>How many pages came from the previous kernel and are neither restored nor freed, KHO's own not counted.</summary>
    public long InheritedPageCount => Interlocked.Read(ref _inheritedPageCount);

    /// <summary>All inherited memory that is neither restored nor freed, by ascending order and address.</summary>
    public IReadOnlyList<KhoRange> InheritedRanges
    {
        get
        {
            lock (_lock)
                return _inherited is null ? [] : [.. _inherited.Enumerate().Select(folio => new KhoRange(folio))];
        }
    }

    /// <inheritdoc/>
    public KhoRange AllocatePreserved(int byteCount)
    {
        if (byteCount <= 0)
            throw new ErrnoException(Errno.EINVAL, $"Preserved memory of {byteCount} bytes was asked for.");
        if (Page.OrderFor((ulong)byteCount) > Page.MaximumOrder)
            throw new ErrnoException(Errno.E2BIG, $"Preserved memory of {byteCount} bytes was asked for; {Page.Size << Page.MaximumOrder} in a row is the most.");
        return TryAllocatePreserved(byteCount, out KhoRange range)
            ? range
            : throw new ErrnoException(Errno.ENOMEM, $"There is no memory for {byteCount} preserved bytes in a row.");
    }

    /// <inheritdoc/>
    public void UnpreserveFree(KhoRange range)
    {
        Unpreserve(range);
        Pages.Free(range.Folio);
    }

    /// <inheritdoc/>
    public KhoRange Preserve(Folio folio)
    {
        if (!Pages.IsAllocated(folio))
            throw new ErrnoException(Errno.EINVAL, $"The pages at {folio} can't be preserved: they are not allocated.");
        using RetirementGate.Use use = Pages.EnterUse();
        lock (_lock)
        {
            if (_inherited is not null && _inherited.TryFind(folio.Address, out _))
                throw new ErrnoException(Errno.EINVAL, $"The pages at {folio} can't be preserved: they are inherited, and nobody has restored them yet.");
            if (_preserved.Overlaps(folio))
                throw new ErrnoException(Errno.EBUSY, $"The pages at {folio}, or some of them, are preserved already; a second owner would lose them to the first one's undo.");
            _preserved.Add(folio);
        }
        Interlocked.Add(ref _preservedPageCount, folio.PageCount);
        return new KhoRange(folio);
    }

    /// <inheritdoc/>
    public void Unpreserve(KhoRange range)
    {
        using RetirementGate.Use use = Pages.EnterUse();
        lock (_lock)
        {
            if (!_preserved.Remove(range.Folio))
                throw new ErrnoException(Errno.EINVAL, $"The pages at {range} are not preserved by this kernel.");
        }
        Interlocked.Add(ref _preservedPageCount, -range.Folio.PageCount);
    }

    /// <inheritdoc/>
    public KhoRange FindPreserved(PhysicalAddress address)
    {
        lock (_lock)
        {
            for (int order = 0; order <= Page.MaximumOrder; order++)
            {
                var folio = new Folio(address.Pfn, order);
                if ((address.Pfn.Value & ((1UL << order) - 1)) == 0 && address.IsPageAligned && _preserved.Contains(folio))
                    return new KhoRange(folio);
            }
        }
        throw new ErrnoException(Errno.EINVAL, $"{address} is not the start of memory that this kernel preserves.");
    }

    /// <inheritdoc/>
    public KhoRange FindInherited(PhysicalAddress address) =>
        TryFindInherited(address, out KhoRange range) ? range : throw NotInherited(address.ToString());

    /// <inheritdoc/>
    public bool TryFindInherited(PhysicalAddress address, out KhoRange range)
    {
        lock (_lock)
        {
            Folio folio = default;
            bool isFound = _inherited is not null && _inherited.TryFind(address, out folio);
            range = new KhoRange(folio);
            return isFound;
        }
    }

    /// <inheritdoc/>
    public Folio Restore(KhoRange range)
    {
        lock (_lock)
        {
            if (_inherited is null || !_inherited.Remove(range.Folio))
                throw NotInherited(range.ToString());
        }
        Interlocked.Add(ref _inheritedPageCount, -range.Folio.PageCount);
        return range.Folio;
    }

    /// <inheritdoc/>
    public void RestoreFree(KhoRange range) => Pages.Free(Restore(range));

    /// <inheritdoc/>
    public Span<byte> GetSpan(KhoRange range) => Pages.GetSpan(range.Folio);

    internal bool TryAllocatePreserved(int byteCount, out KhoRange range)
    {
        range = default;
        int order = Page.OrderFor((ulong)byteCount);
        if (_faults.ShouldFail(FaultPoint.KhoAllocation) || order > Page.MaximumOrder || !Pages.TryAllocate(order, out Folio folio))
            return false;
        try
        {
            range = Preserve(folio);
            return true;
        }
        catch (ErrnoException e) when (e.Errno == Errno.ENOMEM)
        {
            // There was a page for the memory, but none for the record of it.
            Pages.Free(folio);
            return false;
        }
    }

    bool IInheritedMemory.TryFindInherited(PhysicalAddress address, int byteCount, out KhoRange range) =>
        TryFindInherited(address, byteCount, out range);

    bool IInheritedMemory.TryRestoreFree(KhoRange range)
    {
        lock (_lock)
        {
            if (_inherited is null || !_inherited.Remove(range.Folio))
                return false;
        }
        Interlocked.Add(ref _inheritedPageCount, -range.Folio.PageCount);
        Pages.Free(range.Folio);
        return true;
    }

    bool IInheritedMemory.TryFollowBlock() => Interlocked.Decrement(ref _blocksLeftToFollow) >= 0;

    /// <summary>Whether an address is in memory inherited from the previous kernel, with that many bytes behind it.</summary>
    internal bool TryFindInherited(PhysicalAddress address, int byteCount, out KhoRange range) =>
        TryFindInherited(address, out range) && range.ByteCount >= byteCount;

    /// <summary>Makes what is preserved final (<c>kho_finalize</c>); only older kernels do, and it can fail.</summary>
    internal bool TryFinalize()
    {
        lock (_lock)
        {
            if (_faults.ShouldFail(FaultPoint.KhoFinalize) || !_preserved.TryComplete())
                return false;
            _outgoing.SetMemoryMap(_preserved.Address);
            WriteRoot();
            return true;
        }
    }

    internal bool IsInherited(KhoRange range)
    {
        lock (_lock)
            return _inherited is not null && _inherited.Contains(range.Folio);
    }

    /// <summary>Adds a part of this kernel to the root (<c>kho_add_subtree</c>).</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.ENOMEM"/>: the root has no room for it.</exception>
    internal void AddSubtree(string name, PhysicalAddress address, int byteCount)
    {
        if (_faults.ShouldFail(FaultPoint.KhoSubtree))
            throw new ErrnoException(Errno.ENOMEM, $"There is no room for {name} in the KHO root.");
        _outgoing.AddSubtree(new KhoSubtree(name, address, (ulong)byteCount));
        WriteRoot();
    }

    private static ErrnoException NotInherited(string what) =>
        new(Errno.EINVAL, $"{what} is not the start of memory inherited from the previous kernel, or it was restored or freed already.");

    private KhoRoot? ReadIncomingRoot(PhysicalMemory memory, KhoFormat format, PhysicalAddress address)
    {
        if (!address.IsPageAligned || !memory.Contains(address, Page.Size))
        {
            IncomingFault = $"The KHO root at {address} is not in memory.";
            return null;
        }
        try
        {
            KhoRoot root = KhoRoot.Read(memory.GetSpan(address, Page.Size), format);
            if (!root.MemoryMap.IsNull)
                return root;
            IncomingFault = $"The KHO root at {address} names no record of preserved memory: what was handed over was never made final, and is lost.";
            return null;
        }
        catch (InvalidDeviceTreeException e)
        {
            IncomingFault = $"The KHO root at {address} is not used, and all that was handed over is lost. {e.Message}";
            return null;
        }
    }

    /// <summary>Reserves all that is inherited before anything is allocated, and frees what was KHO's own.</summary>
    private InheritedPages TakeOver(KhoFormat format, PhysicalAddress root, AddressRanges? present)
    {
        var reader = new MemoryMapReader(Pages.Memory, present);
        format.MemoryMap.Read(reader, Incoming!.MemoryMap);
        InheritedPages inherited = reader.Pages;
        foreach (Folio folio in inherited.Enumerate())
        {
            if (!Pages.Contains(folio))
                throw new InvalidHandoverException(folio.Address, $"preserved memory of order {folio.Order}", "is not in memory");
            if (present?.Contains(folio.Address, (ulong)folio.ByteCount) == false)
                throw new InvalidHandoverException(folio.Address, $"preserved memory of order {folio.Order}", "is missing in the image");
            if (!Pages.TryReserve(folio))
                throw new InvalidHandoverException(folio.Address, $"preserved memory of order {folio.Order}", "overlaps other preserved memory");
            _inheritedPageCount += folio.PageCount;
        }
        _blocksLeftToFollow = _inheritedPageCount;
        FreeOwn(inherited, root);
        if (Incoming.FindSubtree(KexecMetadata.SubtreeName) is { } metadata && inherited.TryFind(metadata.Address, out Folio page))
        {
            IncomingMetadata = KexecMetadata.Read(Pages.GetSpan(page));
            FreeOwn(inherited, metadata.Address);
        }
        return inherited;
    }

    private void FreeOwn(InheritedPages inherited, PhysicalAddress address)
    {
        if (!inherited.TryFind(address, out Folio folio))
            return;
        inherited.Remove(folio);
        Pages.Free(folio);
        _inheritedPageCount -= folio.PageCount;
    }

    private Folio AllocateOwnPage()
    {
        Folio page = Pages.Allocate();
        _preserved.Add(page);
        return page;
    }

    private void WriteRoot()
    {
        Span<byte> page = Pages.GetSpan(_rootPage);
        byte[] blob = _outgoing.Write();
        page.Clear();
        blob.CopyTo(page);
    }
}
