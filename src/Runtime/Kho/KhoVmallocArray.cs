using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
    private readonly KhoVmallocPages _pages;

    private KhoVmallocArray(ulong count, KhoVmalloc<T> descriptor, KhoVmallocPages pages)
    {
        _pages = pages;
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
        var pages = KhoVmallocPages.AllocatePreserved(kho, DescribeShape(count));
        var descriptor = pages.Count == 0
            ? default
            : new KhoVmalloc<T>(pages.First, (uint)pages.Count, KhoVmallocPages.AllocatedFlag, 0);
        return new KhoVmallocArray<T>(count, descriptor, pages);
    }

    /// <summary>Finds an array that this kernel preserved.</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.EINVAL"/>: the descriptor and the count do not describe such an array.
    /// <see cref="Errno.EFBIG"/>: more than 2^31 bytes.</exception>
    public static KhoVmallocArray<T> FindPreserved(IKho kho, KhoVmalloc<T> descriptor, ulong count)
    {
        ArgumentNullException.ThrowIfNull(kho);
        return new KhoVmallocArray<T>(count, descriptor, KhoVmallocPages.FindPreserved(kho, Untyped(descriptor), DescribeShape(count)));
    }

    /// <summary>Finds an array that the previous kernel preserved. Neither descriptor nor count are trusted.</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.EINVAL"/>: the descriptor and the count do not describe such an array.
    /// <see cref="Errno.EFBIG"/>: more than 2^31 bytes.</exception>
    public static KhoVmallocArray<T> FindInherited(IKho kho, KhoVmalloc<T> descriptor, ulong count)
    {
        ArgumentNullException.ThrowIfNull(kho);
        return new KhoVmallocArray<T>(count, descriptor, KhoVmallocPages.FindInherited(kho, Untyped(descriptor), DescribeShape(count)));
    }

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
    public void UnpreserveFree() => _pages.UnpreserveFree();

    /// <summary>Gives up the array in the kernel that inherited it.</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.EINVAL"/>: something else has some of it; all the rest is given up.</exception>
    public void RestoreFree() => _pages.RestoreFree();

    private static KhoVmallocDescriptor Untyped(KhoVmalloc<T> descriptor) => Unsafe.BitCast<KhoVmalloc<T>, KhoVmallocDescriptor>(descriptor);

    private static KhoVmallocShape DescribeShape(ulong count) => new(typeof(T), Unsafe.SizeOf<T>(), count);

    private void Copy(ulong index, Span<byte> value, bool write)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        _pages.Copy((long)index * value.Length, value, write);
    }
}
