using LuoHandlers.Memory;

namespace LuoHandlers.Kho;

/// <summary>
/// Kexec Handover as a handler sees it: memory that survives into the next kernel, and memory that survived from the previous one.
/// Every failure is an <see cref="ErrnoException"/>; no method returns null or a magic value.
/// </summary>
/// <remarks>The kernel's counterparts are in <c>include/linux/kexec_handover.h</c>. Thread-safe.</remarks>
public interface IKho
{
    /// <summary>The allocator of ordinary memory, which does not survive unless it is preserved.</summary>
    PageAllocator Pages { get; }

    /// <summary>Allocates zeroed memory and preserves it (<c>kho_alloc_preserve</c>).</summary>
    /// <param name="byteCount">1 or more; rounded up to a power of two of pages.</param>
    /// <exception cref="ErrnoException"><see cref="Errno.EINVAL"/>: <paramref name="byteCount"/> is 0 or less.
    /// <see cref="Errno.E2BIG"/>: more than 4 MiB. <see cref="Errno.ENOMEM"/>: no memory.</exception>
    KhoRange AllocatePreserved(int byteCount);

    /// <summary>Gives up memory from <see cref="AllocatePreserved"/>: it is neither preserved nor allocated any more (<c>kho_unpreserve_free</c>).</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.EINVAL"/>: the range is not preserved by this kernel.</exception>
    void UnpreserveFree(KhoRange range);

    /// <summary>Preserves an allocated folio where it is (<c>kho_preserve_folio</c>).</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.ENOMEM"/>: no memory for the record of it.
    /// <see cref="Errno.EBUSY"/>: it is preserved already. <see cref="Errno.EINVAL"/>: it is not allocated.</exception>
    KhoRange Preserve(Folio folio);

    /// <summary>Takes back <see cref="Preserve"/>; the folio stays allocated (<c>kho_unpreserve_folio</c>).</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.EINVAL"/>: the range is not preserved by this kernel.</exception>
    void Unpreserve(KhoRange range);

    /// <summary>Finds memory preserved by this kernel by its address, e.g. as a state recorded it.</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.EINVAL"/>: the address is not the start of memory that this kernel preserved.</exception>
    KhoRange FindPreserved(PhysicalAddress address);

    /// <summary>Finds memory inherited from the previous kernel by its address. Reading it does not use it up.</summary>
    /// <param name="address">What the previous kernel recorded; not trusted.</param>
    /// <exception cref="ErrnoException"><see cref="Errno.EINVAL"/>: the address is not the start of inherited memory, or that memory was
    /// restored or freed already.</exception>
    KhoRange FindInherited(PhysicalAddress address);

    /// <summary>Finds memory inherited from the previous kernel by its address, or says that there is none.</summary>
    /// <param name="address">What the previous kernel recorded; not trusted.</param>
    /// <param name="range">The memory.</param>
    bool TryFindInherited(PhysicalAddress address, out KhoRange range);

    /// <summary>Takes inherited memory into use as an ordinary folio of this kernel, once (<c>kho_restore_folio</c>).</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.EINVAL"/>: it is not inherited, or was restored or freed already.</exception>
    Folio Restore(KhoRange range);

    /// <summary>Frees inherited memory, once (<c>kho_restore_free</c>).</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.EINVAL"/>: it is not inherited, or was restored or freed already.</exception>
    void RestoreFree(KhoRange range);

    /// <summary>The bytes of a preserved or inherited range. The span must not be used after the range was given back.</summary>
    Span<byte> GetSpan(KhoRange range);
}
