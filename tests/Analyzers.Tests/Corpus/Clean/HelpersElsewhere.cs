using System;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

namespace Clean.HelpersElsewhere;

/// <summary>All of the work is done in a static class that is no handler.</summary>
public sealed class Table(PageAllocator pages, Folio page) : LuoFile
{
    public Folio Page => page;

    public Span<byte> Bytes => pages.GetSpan(page);

    public int Count { get; set; }

    protected override void Release() => pages.Free(page);
}

[PreservedState]
public struct TableState
{
    public PhysicalAddress Page;
    public ulong Count;
}

[LiveUpdateFileHandler("block-table-v1")]
internal sealed partial class TableHandler
{
    public bool CanPreserve(Table file) => Tables.IsWhole(file);

    public void Preserve(Table file, out TableState state, IKho kho) => state = Tables.Preserve(file, kho);

    public void Unpreserve(in TableState state, IKho kho) => Tables.Unpreserve(state, kho);

    public Table Retrieve(in TableState state, IKho kho) => Tables.Retrieve(in state, kho);

    public void Finish(Table? file, in TableState state, RetrieveStatus status, IKho kho)
    {
        if (file is null && status.IsNotTried)
            Tables.Free(state, kho);
    }
}

internal static class Tables
{
    private const int MaximumCount = 512;

    public static bool IsWhole(Table table) => table.Count is >= 0 and <= MaximumCount;

    public static TableState Preserve(Table table, IKho kho) => new() { Page = kho.Preserve(table.Page).Address, Count = (ulong)table.Count };

    public static void Unpreserve(in TableState state, IKho kho) => kho.Unpreserve(kho.FindPreserved(state.Page));

    public static Table Retrieve(in TableState state, IKho kho)
    {
        KhoRange range = kho.FindInherited(state.Page);
        if (state.Count > MaximumCount)
        {
            kho.RestoreFree(range);
            throw new ErrnoException(Errno.EINVAL, "The table has too many entries.");
        }
        return new Table(kho.Pages, kho.Restore(range)) { Count = (int)state.Count };
    }

    public static void Free(in TableState state, IKho kho) => kho.RestoreFree(kho.FindInherited(state.Page));
}
