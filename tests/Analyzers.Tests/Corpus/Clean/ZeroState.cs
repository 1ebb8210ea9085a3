using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

namespace Clean.ZeroState;

// The state is zero in Finish once Retrieve has run, so that a test of it tells as much as the status.
public sealed class Leaf(PageAllocator pages, Folio folio) : LuoFile
{
    public Folio Folio => folio;
    protected override void Release() => pages.Free(folio);
}

[PreservedState] public struct LeafState { public PhysicalAddress Page; }

[LiveUpdateFileHandler("g-leaf-local-v1")]
public sealed partial class LeafLocalNull
{
    bool CanPreserve(Leaf file) => true;
    void Preserve(Leaf file, out LeafState state, IKho kho) => state.Page = kho.Preserve(file.Folio).Address;
    void Unpreserve(Leaf file, in LeafState state, IKho kho) => kho.Unpreserve(kho.FindPreserved(state.Page));
    Leaf Retrieve(in LeafState state, IKho kho) => new(kho.Pages, kho.Restore(kho.FindInherited(state.Page)));
    void Finish(Leaf? file, in LeafState state, IKho kho)
    {
        PhysicalAddress page = state.Page;
        if (page.IsNull)
            return;
        kho.RestoreFree(kho.FindInherited(page));
    }
}

[LiveUpdateFileHandler("g-leaf-helper-v1")]
public sealed partial class LeafHelperNull
{
    bool CanPreserve(Leaf file) => true;
    void Preserve(Leaf file, out LeafState state, IKho kho) => state.Page = kho.Preserve(file.Folio).Address;
    void Unpreserve(Leaf file, in LeafState state, IKho kho) => kho.Unpreserve(kho.FindPreserved(state.Page));
    Leaf Retrieve(in LeafState state, IKho kho) => new(kho.Pages, kho.Restore(kho.FindInherited(state.Page)));
    void Finish(Leaf? file, in LeafState state, IKho kho) => FreeIfLeft(state.Page, kho);

    private static void FreeIfLeft(PhysicalAddress page, IKho kho)
    {
        if (!page.IsNull)
            kho.RestoreFree(kho.FindInherited(page));
    }
}

[PreservedState] public struct ListState { public KhoVmalloc<ulong> Items; public ulong Count; }

public sealed class ListFile(ulong[] items) : LuoFile { public ulong[] Items => items; }

[LiveUpdateFileHandler("g-list-v1")]
public sealed partial class ListHandler
{
    bool CanPreserve(ListFile file) => true;
    void Preserve(ListFile file, out ListState state, IKho kho)
    {
        var array = KhoVmallocArray<ulong>.AllocatePreserved(kho, (ulong)file.Items.LongLength);
        for (int i = 0; i < file.Items.Length; i++) array[(ulong)i] = file.Items[i];
        state = new() { Items = array.Descriptor, Count = array.Count };
    }
    void Unpreserve(in ListState state, IKho kho) => KhoVmallocArray<ulong>.FindPreserved(kho, state.Items, state.Count).UnpreserveFree();
    ListFile Retrieve(in ListState state, IKho kho)
    {
        var array = KhoVmallocArray<ulong>.FindInherited(kho, state.Items, state.Count);
        try { return new ListFile(array.ToArray()); }
        finally { array.RestoreFree(); }
    }
    // All zero once it was retrieved: an array of nothing.
    void Finish(ListFile? file, in ListState state, IKho kho)
    {
        if (file is null && !state.Items.IsNull)
            KhoVmallocArray<ulong>.FindInherited(kho, state.Items, state.Count).RestoreFree();
    }
}

[LiveUpdateFileHandler("g-drop-elsewhere-v1")]
public sealed partial class DropElsewhere
{
    bool CanPreserve(Leaf file) => true;
    Errno Preserve(Leaf file, out LeafState state, IKho kho)
    {
        state = default;
        var range = kho.Preserve(file.Folio);
        if (file.Folio.Order > 3)
        {
            Tools.GiveBack(kho, range);
            return Errno.E2BIG;
        }
        state.Page = range.Address;
        return Errno.None;
    }
    void Unpreserve(Leaf file, in LeafState state, IKho kho) => kho.Unpreserve(kho.FindPreserved(state.Page));
    Leaf Retrieve(in LeafState state, IKho kho)
    {
        var range = kho.FindInherited(state.Page);
        if (range.Folio.Order > 3)
        {
            range.Discard(kho);
            throw new ErrnoException(Errno.E2BIG);
        }
        return new(kho.Pages, kho.Restore(range));
    }
    void Finish(Leaf? file, in LeafState state, RetrieveStatus status, IKho kho)
    {
        if (status.IsNotTried)
            Tools.Discard(kho.FindInherited(state.Page), kho);
    }
}

internal static class Tools
{
    public static void GiveBack(IKho kho, KhoRange range) => kho.Unpreserve(range);
    public static void Discard(this KhoRange range, IKho kho) => kho.RestoreFree(range);
}
