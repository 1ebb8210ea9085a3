using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using LuoHandlers.Memory;

namespace LuoHandlers.Kho;

/// <summary>
/// An array in preserved memory, in pages that need not be contiguous (the kernel's <c>kho_preserve_vmalloc</c> and <c>kho_restore_vmalloc</c>).
/// </summary>
/// <remarks>
/// The pages are listed in chunks of one page: u64 address of the next chunk, then up to 511 addresses, ended by 0 unless the chunk is full;
/// a full chunk is always followed by another. Source: <c>include/linux/kho/abi/kexec_handover.h</c>, <c>struct kho_vmalloc_chunk</c>.
/// </remarks>
/// <typeparam name="T">The element: a blittable struct without padding.</typeparam>
public sealed class KhoVmallocArray<T>
    where T : unmanaged
{
    private const ushort AllocatedFlag = 1;
    private const ushort HugeFlag = 2;
    private const int AddressesPerChunk = (Page.Size / sizeof(ulong)) - 1;

    private readonly IKho _kho;
    private readonly List<KhoRange> _chunks;
    private readonly List<KhoRange> _pages;
    private readonly int _bytesPerPage;

    private KhoVmallocArray(IKho kho, ulong count, KhoVmalloc<T> descriptor, List<KhoRange> chunks, List<KhoRange> pages)
    {
        _kho = kho;
        _chunks = chunks;
        _pages = pages;
        _bytesPerPage = Page.Size << descriptor.Order;
        Count = count;
        Descriptor = descriptor;
    }

    /// <summary>The number of elements.</summary>
    public ulong Count { get; }

    /// <summary>What a state stores, for the next kernel to find the array.</summary>
    public KhoVmalloc<T> Descriptor { get; }

    /// <summary>An element.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is not below <see cref="Count"/>.</exception>
    public T this[ulong index]
    {
        get
        {
            T value = default;
            Copy(index, MemoryMarshal.AsBytes(new Span<T>(ref value)), write: false);
            return value;
        }

        set => Copy(index, MemoryMarshal.AsBytes(new Span<T>(ref value)), write: true);
    }

    /// <summary>Allocates an array of zeros and preserves it.</summary>
    /// <param name="kho">Where.</param>
    /// <param name="count">How many elements; 0 takes no memory at all.</param>
    /// <exception cref="ErrnoException"><see cref="Errno.ENOMEM"/>: no memory; nothing stays allocated.
    /// <see cref="Errno.EFBIG"/>: more than 2^31 bytes.</exception>
    public static KhoVmallocArray<T> AllocatePreserved(IKho kho, ulong count)
    {
        ArgumentNullException.ThrowIfNull(kho);
        ulong pageCount = PageCountFor(count, 0);
        var chunks = new List<KhoRange>();
        var pages = new List<KhoRange>();
        bool isComplete = false;
        try
        {
            for (ulong i = 0; i < pageCount; i++)
            {
                KhoRange page = kho.AllocatePreserved(Page.Size);
                pages.Add(page);
                AppendToChunks(kho, chunks, (int)i, page.Address);
            }
            // A list that fills its last chunk to the end is ended by an empty one.
            if (pageCount != 0 && pageCount % AddressesPerChunk == 0)
                AppendChunk(kho, chunks);
            isComplete = true;
        }
        finally
        {
            if (!isComplete)
                Release(pages, chunks, kho.UnpreserveFree);
        }
        var descriptor = pageCount == 0
            ? default
            : new KhoVmalloc<T>(chunks[0].Address, (uint)pageCount, AllocatedFlag, 0);
        return new KhoVmallocArray<T>(kho, count, descriptor, chunks, pages);
    }

    /// <summary>Finds an array that this kernel preserved.</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.EINVAL"/>: the descriptor and the count do not describe such an array.
    /// <see cref="Errno.EFBIG"/>: more than 2^31 bytes.</exception>
    public static KhoVmallocArray<T> FindPreserved(IKho kho, KhoVmalloc<T> descriptor, ulong count) =>
        Find(kho, descriptor, count, address => kho.FindPreserved(address));

    /// <summary>Finds an array that the previous kernel preserved. Neither descriptor nor count are trusted.</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.EINVAL"/>: the descriptor and the count do not describe such an array.
    /// <see cref="Errno.EFBIG"/>: more than 2^31 bytes.</exception>
    public static KhoVmallocArray<T> FindInherited(IKho kho, KhoVmalloc<T> descriptor, ulong count) =>
        Find(kho, descriptor, count, address => kho.FindInherited(address));

    /// <summary>Copies all elements, e.g. to give up the array before what they name is used.</summary>
    public T[] ToArray()
    {
        var elements = new T[Count];
        for (ulong i = 0; i < Count; i++)
            elements[i] = this[i];
        return elements;
    }

    /// <summary>Gives up the array in the kernel that preserved it.</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.EINVAL"/>: some of it is no longer preserved; all the rest is given up.</exception>
    public void UnpreserveFree() => Release(_pages, _chunks, _kho.UnpreserveFree);

    /// <summary>Gives up the array in the kernel that inherited it.</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.EINVAL"/>: something else has some of it; all the rest is given up.</exception>
    public void RestoreFree() => Release(_pages, _chunks, _kho.RestoreFree);

    private static KhoVmallocArray<T> Find(IKho kho, KhoVmalloc<T> descriptor, ulong count, Func<PhysicalAddress, KhoRange> find)
    {
        ArgumentNullException.ThrowIfNull(kho);
        if ((descriptor.Flags & ~(AllocatedFlag | HugeFlag)) != 0)
            throw Invalid($"has unknown flags 0x{descriptor.Flags:x}");
        if (descriptor.Order > PageKey.MaximumOrder)
            throw Invalid($"has pages of order {descriptor.Order}");
        ulong pageCount = PageCountFor(count, descriptor.Order);
        if (descriptor.TotalPages != pageCount << descriptor.Order)
            throw Invalid($"has {descriptor.TotalPages} pages, but {count} elements take {pageCount << descriptor.Order}");
        if (pageCount == 0 && !descriptor.IsNull)
            throw Invalid("has no pages, but a list of them");

        var chunks = new List<KhoRange>();
        var pages = new List<KhoRange>();
        PhysicalAddress next = descriptor.First;
        while (!next.IsNull)
        {
            // No list is longer than its pages need, so that a cycle ends here.
            if ((ulong)chunks.Count > pageCount / AddressesPerChunk)
                throw Invalid($"has a list of pages that goes on at {next} after its last page");
            KhoRange chunk = find(next);
            chunks.Add(chunk);
            ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(kho.GetSpan(chunk)[..Page.Size]);
            foreach (ulong address in words[1..])
            {
                if (address == 0)
                    break;
                KhoRange page = find(new PhysicalAddress(address));
                if (page.Folio.Order != descriptor.Order)
                    throw Invalid($"has a page of order {page.Folio.Order} at {page.Address}, not of order {descriptor.Order}");
                if ((ulong)pages.Count == pageCount)
                    throw Invalid($"lists more than its {pageCount} pages");
                pages.Add(page);
            }
            next = new PhysicalAddress(words[0]);
        }
        if ((ulong)pages.Count != pageCount)
            throw Invalid($"lists {pages.Count} of its {pageCount} pages");
        if (pages.Count + chunks.Count != pages.Concat(chunks).Distinct().Count())
            throw Invalid("uses a page twice");
        return new KhoVmallocArray<T>(kho, count, descriptor, chunks, pages);

        ErrnoException Invalid(string fault) => new(Errno.EINVAL, $"The array of {typeof(T).Name} at {descriptor.First} {fault}.");
    }

    private static ulong PageCountFor(ulong count, int order)
    {
        if (count > (ulong)int.MaxValue / (uint)Unsafe.SizeOf<T>())
            throw new ErrnoException(Errno.EFBIG, $"An array of {count} {typeof(T).Name} is larger than 2^31 bytes.");
        ulong bytesPerPage = (ulong)Page.Size << order;
        return ((count * (ulong)Unsafe.SizeOf<T>()) + bytesPerPage - 1) / bytesPerPage;
    }

    private static void AppendToChunks(IKho kho, List<KhoRange> chunks, int index, PhysicalAddress page)
    {
        if (index % AddressesPerChunk == 0)
            AppendChunk(kho, chunks);
        BinaryPrimitives.WriteUInt64LittleEndian(kho.GetSpan(chunks[^1])[(sizeof(ulong) * (1 + (index % AddressesPerChunk)))..], page.Value);
    }

    private static void AppendChunk(IKho kho, List<KhoRange> chunks)
    {
        KhoRange chunk = kho.AllocatePreserved(Page.Size);
        if (chunks.Count > 0)
            BinaryPrimitives.WriteUInt64LittleEndian(kho.GetSpan(chunks[^1]), chunk.Address.Value);
        chunks.Add(chunk);
    }

    /// <summary>Gives up all that can be; of several failures the first is told.</summary>
    private static void Release(List<KhoRange> pages, List<KhoRange> chunks, Action<KhoRange> release)
    {
        ExceptionDispatchInfo? failure = null;
        foreach (KhoRange range in pages.Concat(chunks))
        {
            try
            {
                release(range);
            }
            catch (ErrnoException e)
            {
                failure ??= ExceptionDispatchInfo.Capture(e);
            }
        }
        failure?.Throw();
    }

    private void Copy(ulong index, Span<byte> value, bool write)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        long offset = (long)index * value.Length;
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
}
