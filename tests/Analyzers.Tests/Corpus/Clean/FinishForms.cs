using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

namespace Clean.FinishForms;

// Ways to ask whether a file was retrieved: all of them are right.
public sealed class Leaf(PageAllocator pages, Folio folio) : LuoFile
{
    public Folio Folio => folio;
    public bool IsOnline { get; set; }
    protected override void Release() => pages.Free(folio);
}

[PreservedState] public struct LeafState { public PhysicalAddress Page; }

public abstract class LeafBase
{
    protected bool CanPreserve(Leaf file) => true;
    protected void Preserve(Leaf file, out LeafState state, IKho kho) => state.Page = kho.Preserve(file.Folio).Address;
    protected void Unpreserve(Leaf file, in LeafState state, IKho kho) => kho.Unpreserve(kho.FindPreserved(state.Page));
    protected Leaf Retrieve(in LeafState state, IKho kho) => new(kho.Pages, kho.Restore(kho.FindInherited(state.Page)));
}

[LiveUpdateFileHandler("leaf-equality-v1")]
public sealed partial class LeafEquality : LeafBase
{
    void Finish(Leaf? file, in LeafState state, RetrieveStatus status, IKho kho)
    {
        if (status != RetrieveStatus.NotTried)
            return;
        kho.RestoreFree(kho.FindInherited(state.Page));
    }
}

[LiveUpdateFileHandler("leaf-value-v1")]
public sealed partial class LeafValue : LeafBase
{
    void Finish(Leaf? file, in LeafState state, RetrieveStatus status, IKho kho)
    {
        if (status.Value == 0)
            kho.RestoreFree(kho.FindInherited(state.Page));
        else if (status.Value > 0)
            file!.IsOnline = true;
    }
}

[LiveUpdateFileHandler("leaf-tryfind-v1")]
public sealed partial class LeafTryFind : LeafBase
{
    // all zero unless nobody tried to retrieve it
    void Finish(Leaf? file, in LeafState state, IKho kho)
    {
        if (kho.TryFindInherited(state.Page, out KhoRange range))
            kho.RestoreFree(range);
    }
}

[LiveUpdateFileHandler("leaf-null-address-v1")]
public sealed partial class LeafNullAddress : LeafBase
{
    // The docs: after a retrieval the state's bytes are all zero here.
    void Finish(Leaf? file, LeafState state, IKho kho)
    {
        if (state.Page.IsNull)
            return;
        kho.RestoreFree(kho.FindInherited(state.Page));
    }
}

[LiveUpdateFileHandler("leaf-file-and-failed-v1")]
public sealed partial class LeafFileAndFailed : LeafBase
{
    void Finish(Leaf? file, in LeafState state, RetrieveStatus status, IKho kho)
    {
        if (file is not null)
        {
            file.IsOnline = true;
            return;
        }

        if (status.IsFailed)
        {
            return;
        }

        kho.RestoreFree(kho.FindInherited(state.Page));
    }
}

[LiveUpdateFileHandler("leaf-switch-v1")]
public sealed partial class LeafSwitch : LeafBase
{
    private int _unclaimed;

    void Finish(Leaf? file, in LeafState state, RetrieveStatus status, IKho kho)
    {
        switch (status.Value)
        {
            case 0:
                _unclaimed++;
                kho.RestoreFree(kho.FindInherited(state.Page));
                break;
            case > 0:
                file!.IsOnline = true;
                break;
            default:
                break;
        }
    }
}

[LiveUpdateFileHandler("leaf-helper-v1")]
public sealed partial class LeafHelper : LeafBase
{
    void Finish(Leaf? file, in LeafState state, RetrieveStatus status, IKho kho)
    {
        if (IsUnclaimed(status))
            Reclaim(kho, state.Page);
    }

    private static bool IsUnclaimed(RetrieveStatus status) => status.IsNotTried;
    private static void Reclaim(IKho kho, PhysicalAddress page) => kho.RestoreFree(kho.FindInherited(page));
}

[LiveUpdateFileHandler("leaf-local-v1")]
public sealed partial class LeafLocal : LeafBase
{
    void Finish(Leaf? file, in LeafState state, RetrieveStatus status, IKho kho)
    {
        bool unclaimed = status.IsNotTried;
        var page = state.Page;
        if (unclaimed)
        {
            var range = kho.FindInherited(page);
            kho.RestoreFree(range);
        }
    }
}

[LiveUpdateFileHandler("leaf-not-or-v1")]
public sealed partial class LeafNotOr : LeafBase
{
    bool CanFinish(Leaf? file, RetrieveStatus status) => !status.IsRetrieved || file!.IsOnline || file.ReferenceCount > 0;

    void Finish(Leaf? file, in LeafState state, RetrieveStatus status, IKho kho)
    {
        if (!(status.IsRetrieved || status.IsFailed))
        {
            kho.RestoreFree(kho.FindInherited(state.Page));
        }
    }
}

[LiveUpdateFileHandler("leaf-equals-v1")]
public sealed partial class LeafEquals : LeafBase
{
    void Finish(Leaf? file, in LeafState state, RetrieveStatus status, IKho kho)
    {
        if (status.Equals(RetrieveStatus.NotTried) && kho.TryFindInherited(state.Page, out var range)) kho.RestoreFree(range);
    }
}

[LiveUpdateFileHandler("leaf-default-v1")]
public sealed partial class LeafDefault : LeafBase
{
    void Finish(Leaf? file, in LeafState state, RetrieveStatus status, IKho kho)
    {
        if (status == default) kho.RestoreFree(kho.FindInherited(state.Page));
    }
}

[LiveUpdateFileHandler("leaf-tuple-v1")]
public sealed partial class LeafTuple : LeafBase
{
    void Finish(Leaf? file, in LeafState state, RetrieveStatus status, IKho kho)
    {
        Action? after = (file, status) switch
        {
            ({ } leaf, { IsRetrieved: true }) => () => leaf.IsOnline = true,
            (null, { IsFailed: true }) => null,
            _ => MakeReclaim(state.Page, kho),
        };
        after?.Invoke();
    }

    private static Action MakeReclaim(PhysicalAddress page, IKho kho) => () => kho.RestoreFree(kho.FindInherited(page));
}
