using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

namespace MemfdHandlerSample;

/// <summary>
/// Preserves memfds as Linux 7.2 does: contents where they are, and position, size and seals in 48 bytes. Retrieves those of older kernels, too.
/// </summary>
[LiveUpdateFileHandler("memfd-v2")]
public sealed partial class MemfdHandler
{
    bool CanPreserve(Memfd file) => true;

    // Several open files may share one memfd: it is the inode that may be preserved once.
    ulong GetId(Memfd file) => file.InodeNumber;

    void Preserve(Memfd file, out MemfdState state, IKho kho)
    {
        if (file.Pages != kho.Pages)
            throw new ErrnoException(Errno.EINVAL, "The memfd is another kernel's: its pages can't be preserved in this one.");
        if ((file.Seals & ~MemfdSeals.All) != 0)
            throw new ErrnoException(Errno.EOPNOTSUPP, $"The memfd has unknown seals: {file.Seals}.");
        if (Page.CountFor((ulong)file.Size) > uint.MaxValue)
            throw new ErrnoException(Errno.EFBIG, $"The memfd has {file.Size} bytes; {uint.MaxValue} pages is the most.");

        using var scope = new PreservationScope(kho);
        // Holes are filled, and the size stays: what is listed here is all that there will be.
        file.FreezeMapping();
        scope.OnRollback(file.UnfreezeMapping);
        IReadOnlyList<(ulong Index, Folio Folio)> folios = file.GetFolios();
        var array = KhoVmallocArray<MemfdFolio>.AllocatePreserved(kho, (ulong)folios.Count);
        scope.OnRollback(array.UnpreserveFree);
        for (int i = 0; i < folios.Count; i++)
        {
            scope.Preserve(folios[i].Folio);
            array[(ulong)i] = new MemfdFolio(folios[i].Folio, folios[i].Index);
        }
        scope.Commit();

        state = new MemfdState
        {
            Position = (ulong)file.Position,
            Size = (ulong)file.Size,
            Seals = file.Seals,
            FolioCount = array.Count,
            Folios = array.Descriptor,
        };
    }

    void Freeze(Memfd file, ref MemfdState state) => state.Position = (ulong)file.Position;

    void Unpreserve(Memfd file, in MemfdState state, IKho kho)
    {
        var array = KhoVmallocArray<MemfdFolio>.FindPreserved(kho, state.Folios, state.FolioCount);
        for (ulong i = 0; i < array.Count; i++)
            kho.Unpreserve(kho.FindPreserved(array[i].Address));
        array.UnpreserveFree();
        file.UnfreezeMapping();
    }

    Memfd Retrieve(in MemfdState state, IKho kho)
    {
        MemfdFolio[] folios = TakeFolios(in state, kho);
        int restored = 0;
        var file = new Memfd(kho.Pages);
        bool isComplete = false;
        try
        {
            Validate(in state);
            file.SetSize((long)state.Size);
            file.Position = (long)state.Position;
            for (; restored < folios.Length; restored++)
                RestoreFolio(file, folios[restored], kho);
            // Last, as they forbid what is done above.
            file.AddSeals(state.Seals);
            isComplete = true;
            return file;
        }
        finally
        {
            if (!isComplete)
            {
                // The file takes what is restored with it; the rest is nobody's.
                file.Put();
                Free(folios.AsSpan(restored), kho);
            }
        }
    }

    void Finish(Memfd? file, in MemfdState state, RetrieveStatus status, IKho kho)
    {
        // Retrieve has used everything up, whether it came to a file or not.
        if (!status.IsNotTried)
            return;
        Free(TakeFolios(in state, kho), kho);
    }

    /// <summary>Reads the list of folios and gives it up: whatever it names, its own memory is none of the folios.</summary>
    private static MemfdFolio[] TakeFolios(in MemfdState state, IKho kho)
    {
        var array = KhoVmallocArray<MemfdFolio>.FindInherited(kho, state.Folios, state.FolioCount);
        MemfdFolio[] folios = array.ToArray();
        array.RestoreFree();
        return folios;
    }

    // Folios are described as they are today; seals were not handed over.
    [RetrievesFrom("memfd-v1")]
    static MemfdState Upgrade(in MemfdStateV1 old) => new()
    {
        Position = old.Position,
        Size = old.Size,
        Seals = MemfdSeals.None,
        FolioCount = old.FolioCount,
        Folios = old.Folios,
    };

    private static void Validate(in MemfdState state)
    {
        if ((state.Seals & ~MemfdSeals.All) != 0)
            throw new ErrnoException(Errno.EOPNOTSUPP, $"The handed-over memfd has unknown seals: 0x{(uint)state.Seals:x}.");
        if (state.Flags != 0)
            throw new ErrnoException(Errno.EINVAL, $"The handed-over memfd has unknown flags: 0x{state.Flags:x}.");
        if (state.Size > long.MaxValue || state.Position > long.MaxValue)
            throw new ErrnoException(Errno.EFBIG, $"The handed-over memfd has a size of {state.Size} and a position of {state.Position}.");
    }

    private static void RestoreFolio(Memfd file, MemfdFolio described, IKho kho)
    {
        Folio folio = kho.Restore(kho.FindInherited(described.Address));
        bool isAdded = false;
        try
        {
            if (!described.IsUptodate)
                kho.Pages.GetSpan(folio).Clear();
            file.AddFolio(described.Index, folio);
            isAdded = true;
        }
        finally
        {
            if (!isAdded)
                kho.Pages.Free(folio);
        }
    }

    /// <summary>Frees folios; one that is not there does not keep the others.</summary>
    private static void Free(ReadOnlySpan<MemfdFolio> folios, IKho kho)
    {
        foreach (MemfdFolio folio in folios)
        {
            if (kho.TryFindInherited(folio.Address, out KhoRange range))
                kho.RestoreFree(range);
        }
    }
}
