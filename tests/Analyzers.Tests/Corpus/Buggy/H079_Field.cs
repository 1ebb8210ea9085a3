// H079: one of two folios is never given back.
#nullable enable
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

public sealed class Rmrr(PageAllocator pages, Folio table, Folio overflow) : LuoFile
{
    public Folio Table => table;
    public Folio Overflow => overflow;
    protected override void Release() { pages.Free(table); pages.Free(overflow); }
}

[PreservedState]
public struct RmrrState { public PhysicalAddress Table, Overflow; }

[LiveUpdateFileHandler("rmrr-v1")]
public sealed partial class RmrrHandler
{
    bool CanPreserve(Rmrr file) => true;

    void Preserve(Rmrr file, out RmrrState state, IKho kho)
    {
        using var scope = new PreservationScope(kho);
        KhoRange table = scope.Preserve(file.Table);
        KhoRange overflow = scope.Preserve(file.Overflow);
        scope.Commit();
        state = new RmrrState { Table = table.Address, Overflow = overflow.Address };
    }

    void {|LUO4001:Unpreserve|}(Rmrr file, in RmrrState state, IKho kho) => kho.Unpreserve(kho.FindPreserved(state.Table));

    Rmrr Retrieve(in RmrrState state, IKho kho)
    {
        if (!kho.TryFindInherited(state.Table, out KhoRange table) | !kho.TryFindInherited(state.Overflow, out KhoRange overflow) || table == overflow)
        {
            Drop(state, kho);
            throw new ErrnoException(Errno.EINVAL);
        }
        return new Rmrr(kho.Pages, kho.Restore(table), kho.Restore(overflow));
    }

    void Finish(Rmrr? file, in RmrrState state, RetrieveStatus status, IKho kho) { if (status.IsNotTried) Drop(state, kho); }

    private static void Drop(in RmrrState state, IKho kho)
    {
        if (kho.TryFindInherited(state.Table, out KhoRange table))
            kho.RestoreFree(table);
        if (kho.TryFindInherited(state.Overflow, out KhoRange overflow))
            kho.RestoreFree(overflow);
    }
}
