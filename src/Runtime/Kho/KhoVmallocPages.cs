using System.Buffers.Binary;
using System.Runtime.ExceptionServices;
using LuoHandlers.Collections;
using LuoHandlers.Memory;

namespace LuoHandlers.Kho;

/// <summary>The pages of a <see cref="KhoVmallocArray{T}"/>, and the list of them, whatever its elements are.</summary>
internal sealed class KhoVmallocPages
{
    /// <summary>The flag of an array whose pages were allocated one by one.</summary>
    public const ushort AllocatedFlag = 1;

    private const ushort HugeFlag = 2;
    private const int AddressesPerChunk = (Page.Size / sizeof(ulong)) - 1;

    private readonly IKho _kho;
    private readonly KhoRangeList _chunks = new();
    private readonly KhoRangeList _pages = new();
    private readonly int _bytesPerPage;

    private KhoVmallocPages(IKho kho, int order)
    {
        _kho = kho;
        _bytesPerPage = Page.Size << order;
    }

    /// <summary>The first chunk; null address for an array of nothing.</summary>
    public PhysicalAddress First => _chunks.Count == 0 ? PhysicalAddress.Null : _chunks[0].Address;

    /// <summary>How many pages there are.</summary>
    public int Count => _pages.Count;

    /// <summary>Allocates pages of zeros and preserves them.</summary>
    /// <exception cref="ErrnoException">As for <see cref="KhoVmallocArray{T}.AllocatePreserved"/>.</exception>
    public static KhoVmallocPages AllocatePreserved(IKho kho, KhoVmallocShape shape)
    {
        ulong pageCount = shape.CountPages(order: 0);
        var allocated = new KhoVmallocPages(kho, order: 0);
        bool isComplete = false;
        try
        {
            for (ulong i = 0; i < pageCount; i++)
                allocated.Append(kho.AllocatePreserved(Page.Size));
            // A list that fills its last chunk to the end is ended by an empty one.
            if (pageCount != 0 && pageCount % AddressesPerChunk == 0)
                allocated.AppendChunk();
            isComplete = true;
        }
        finally
        {
            if (!isComplete)
                allocated.UnpreserveFree();
        }
        return allocated;
    }

    /// <summary>Finds pages that this kernel preserved.</summary>
    /// <exception cref="ErrnoException">As for <see cref="KhoVmallocArray{T}.FindPreserved"/>.</exception>
    public static KhoVmallocPages FindPreserved(IKho kho, KhoVmallocDescriptor descriptor, KhoVmallocShape shape) => Find(kho, descriptor, shape, kho.FindPreserved);

    /// <summary>Finds pages that the previous kernel preserved. Nothing of the descriptor is trusted.</summary>
    /// <exception cref="ErrnoException">As for <see cref="KhoVmallocArray{T}.FindInherited"/>.</exception>
    public static KhoVmallocPages FindInherited(IKho kho, KhoVmallocDescriptor descriptor, KhoVmallocShape shape) => Find(kho, descriptor, shape, kho.FindInherited);

    /// <summary>Copies the bytes of an element between the pages, which it may straddle, and a value.</summary>
    public void Copy(long offset, Span<byte> value, bool write)
    {
        while (!value.IsEmpty)
        {
            Span<byte> place = _kho.GetSpan(_pages[(int)(offset / _bytesPerPage)])[(int)(offset % _bytesPerPage)..];
            int length = Math.Min(value.Length, place.Length);
            if (write)
                value[..length].CopyTo(place);
            else
                place[..length].CopyTo(value);
            value = value[length..];
            offset += length;
        }
    }

    /// <summary>Unpreserves and frees the pages and their list.</summary>
    public void UnpreserveFree() => Release(_kho.UnpreserveFree);

    /// <summary>Frees inherited pages and their list.</summary>
    public void RestoreFree() => Release(_kho.RestoreFree);

    private static KhoVmallocPages Find(IKho kho, KhoVmallocDescriptor descriptor, KhoVmallocShape shape, Func<PhysicalAddress, KhoRange> find)
    {
        if ((descriptor.Flags & ~(AllocatedFlag | HugeFlag)) != 0)
            throw Invalid($"has unknown flags 0x{descriptor.Flags:x}");
        if (descriptor.Order > PageKey.MaximumOrder)
            throw Invalid($"has pages of order {descriptor.Order}");
        ulong pageCount = shape.CountPages(descriptor.Order);
        if (descriptor.TotalPages != pageCount << descriptor.Order)
            throw Invalid($"has {descriptor.TotalPages} pages, but {shape.Count} elements take {pageCount << descriptor.Order}");
        if (pageCount == 0 && !descriptor.First.IsNull)
            throw Invalid("has no pages, but a list of them");

        var found = new KhoVmallocPages(kho, descriptor.Order);
        var used = new UInt64Set();
        PhysicalAddress next = descriptor.First;
        while (!next.IsNull)
        {
            // No list is longer than its pages need, so that a cycle ends here.
            if ((ulong)found._chunks.Count > pageCount / AddressesPerChunk)
                throw Invalid($"has a list of pages that goes on at {next} after its last page");
            KhoRange chunk = Use(next);
            found._chunks.Add(chunk);
            ReadOnlySpan<byte> words = kho.GetSpan(chunk)[..Page.Size];
            for (int i = 1; i <= AddressesPerChunk; i++)
            {
                ulong address = BinaryPrimitives.ReadUInt64LittleEndian(words[(i * sizeof(ulong))..]);
                if (address == 0)
                    break;
                KhoRange page = Use(new PhysicalAddress(address));
                if (page.Folio.Order != descriptor.Order)
                    throw Invalid($"has a page of order {page.Folio.Order} at {page.Address}, not of order {descriptor.Order}");
                if ((ulong)found._pages.Count == pageCount)
                    throw Invalid($"lists more than its {pageCount} pages");
                found._pages.Add(page);
            }
            next = new PhysicalAddress(BinaryPrimitives.ReadUInt64LittleEndian(words));
        }
        if ((ulong)found._pages.Count != pageCount)
            throw Invalid($"lists {found._pages.Count} of its {pageCount} pages");
        return found;

        KhoRange Use(PhysicalAddress address)
        {
            KhoRange range = find(address);
            return used.Add(range.Address.Value) ? range : throw Invalid($"uses the page at {range.Address} twice");
        }

        ErrnoException Invalid(string fault) => new(Errno.EINVAL, $"The array of {shape.Element.Name} at {descriptor.First} {fault}.");
    }

    /// <summary>Gives up all that can be; of several failures the first is told.</summary>
    private void Release(Action<KhoRange> release)
    {
        ExceptionDispatchInfo? failure = null;
        Release(_pages, release, ref failure);
        Release(_chunks, release, ref failure);
        failure?.Throw();
    }

    private static void Release(KhoRangeList ranges, Action<KhoRange> release, ref ExceptionDispatchInfo? failure)
    {
        for (int i = 0; i < ranges.Count; i++)
        {
            try
            {
                release(ranges[i]);
            }
            catch (ErrnoException e)
            {
                failure ??= ExceptionDispatchInfo.Capture(e);
            }
        }
    }

    private void Append(KhoRange page)
    {
        int index = _pages.Count % AddressesPerChunk;
        _pages.Add(page);
        if (index == 0)
            AppendChunk();
        BinaryPrimitives.WriteUInt64LittleEndian(_kho.GetSpan(_chunks[^1])[(sizeof(ulong) * (1 + index))..], page.Address.Value);
    }

    private void AppendChunk()
    {
        KhoRange chunk = _kho.AllocatePreserved(Page.Size);
        if (_chunks.Count > 0)
            BinaryPrimitives.WriteUInt64LittleEndian(_kho.GetSpan(_chunks[^1]), chunk.Address.Value);
        _chunks.Add(chunk);
    }
}
