using LuoHandlers.Kho;
using LuoHandlers.Memory;
using Xunit;

namespace LuoHandlers.Generator.Tests.Scripting;

/// <summary>
/// Kexec Handover that keeps books: what is preserved and what is inherited, each given back exactly once. Giving back what is not there is
/// an error, as in the kernel, and is counted.
/// </summary>
internal sealed class KhoLedger : IKho
{
    /// <summary>What the pages of all ledgers are numbered by; what is in them is kept apart.</summary>
    private static readonly PhysicalMemory Memory = PhysicalMemory.Create(PhysicalAddress.Null, 1 << 30);

    private readonly Dictionary<KhoRange, byte[]> _preserved = [];
    private readonly Dictionary<KhoRange, byte[]> _inherited = [];
    private ulong _nextPfn = 0x100;

    public int PreservedCount => _preserved.Count;

    /// <summary>What is inherited, and pages that were taken and not freed.</summary>
    public int InheritedCount => _inherited.Count + (int)Pages.AllocatedPageCount;

    /// <summary>How often something was given back that is not there.</summary>
    public int FaultCount { get; private set; }

    /// <summary>How often memory was allocated.</summary>
    public int AllocationCount { get; private set; }

    /// <summary>How many bytes the ledger took from the managed heap for itself.</summary>
    public long AllocatedBytes { get; private set; }

    public bool IsOutOfMemory { get; set; }

    /// <summary>Pages of which only those are in use that were inherited and taken.</summary>
    public PageAllocator Pages { get; } = new(Memory);

    /// <summary>The next kernel: what was preserved is inherited.</summary>
    public void Kexec()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Empty(_inherited);
        foreach ((KhoRange range, byte[] bytes) in _preserved)
            _inherited.Add(range, bytes);
        _preserved.Clear();
        AllocatedBytes += GC.GetAllocatedBytesForCurrentThread() - before;
    }

    public KhoRange AllocatePreserved(int byteCount)
    {
        if (IsOutOfMemory)
            throw new ErrnoException(Errno.ENOMEM);
        long before = GC.GetAllocatedBytesForCurrentThread();
        int order = Page.OrderFor((ulong)byteCount);
        _nextPfn = ((_nextPfn >> order) + 1) << order;
        var range = new KhoRange(new Folio(new Pfn(_nextPfn), order));
        _preserved.Add(range, new byte[range.ByteCount]);
        AllocationCount++;
        AllocatedBytes += GC.GetAllocatedBytesForCurrentThread() - before;
        return range;
    }

    public void UnpreserveFree(KhoRange range) => Remove(_preserved, range);

    public void RestoreFree(KhoRange range) => Remove(_inherited, range);

    public KhoRange FindPreserved(PhysicalAddress address) =>
        TryFind(_preserved, address, out KhoRange range) ? range : throw NothingAt(address);

    public KhoRange FindInherited(PhysicalAddress address) =>
        TryFindInherited(address, out KhoRange range) ? range : throw NothingAt(address);

    public bool TryFindInherited(PhysicalAddress address, out KhoRange range) => TryFind(_inherited, address, out range);

    public Span<byte> GetSpan(KhoRange range) =>
        _preserved.TryGetValue(range, out byte[]? bytes) || _inherited.TryGetValue(range, out bytes)
            ? bytes
            : throw new ErrnoException(Errno.EINVAL, $"{range} was given back.");

    public KhoRange Preserve(Folio folio) => throw new NotSupportedException();

    public void Unpreserve(KhoRange range) => throw new NotSupportedException();

    public Folio Restore(KhoRange range)
    {
        Remove(_inherited, range);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(Pages.TryReserve(range.Folio));
        AllocatedBytes += GC.GetAllocatedBytesForCurrentThread() - before;
        return range.Folio;
    }

    private static bool TryFind(Dictionary<KhoRange, byte[]> ranges, PhysicalAddress address, out KhoRange found)
    {
        foreach (KhoRange range in ranges.Keys)
        {
            if (range.Address == address)
            {
                found = range;
                return true;
            }
        }
        found = default;
        return false;
    }

    private static ErrnoException NothingAt(PhysicalAddress address) => new(Errno.EINVAL, $"Nothing starts at {address}.");

    private void Remove(Dictionary<KhoRange, byte[]> ranges, KhoRange range)
    {
        if (ranges.Remove(range))
            return;
        FaultCount++;
        throw new ErrnoException(Errno.EINVAL, $"{range} is not there.");
    }
}
