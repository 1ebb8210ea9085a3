using System;
using System.Collections.Generic;
using System.Linq;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

namespace Clean.Linq;

/// <summary>Ranges that are preserved by a query, in a scope.</summary>
public sealed class Bundle(PageAllocator pages, IReadOnlyList<Folio> folios) : LuoFile
{
    public IReadOnlyList<Folio> Folios => folios;

    protected override void Release()
    {
        foreach (Folio folio in folios)
            pages.Free(folio);
    }
}

[PreservedState]
public struct BundleState
{
    public ulong Count;
    public KhoVmalloc<PhysicalAddress> Folios;
}

[LiveUpdateFileHandler("bundle-v1")]
public sealed partial class BundleHandler
{
    private const int Maximum = 4096;

    private static bool CanPreserve(Bundle file) => file.Folios is { Count: > 0 and <= Maximum };

    private static void Preserve(Bundle file, IKho kho, out BundleState state)
    {
        using PreservationScope scope = new(kho);
        PhysicalAddress[] addresses = [.. file.Folios.Select(folio => scope.Preserve(folio).Address)];
        var array = KhoVmallocArray<PhysicalAddress>.AllocatePreserved(kho, (ulong)addresses.Length);
        scope.OnRollback(array.UnpreserveFree);
        for (int index = 0; index < addresses.Length; index++)
            array[(ulong)index] = addresses[index];
        state = new BundleState { Count = array.Count, Folios = array.Descriptor };
        scope.Commit();
    }

    private static void Unpreserve(in BundleState state, IKho kho)
    {
        var array = KhoVmallocArray<PhysicalAddress>.FindPreserved(kho, state.Folios, state.Count);
        ForEach(array, address => kho.Unpreserve(kho.FindPreserved(address)));
        array.UnpreserveFree();
    }

    private static Bundle Retrieve(in BundleState state, IKho kho)
    {
        if (state.Count is 0 or > Maximum)
            throw new ErrnoException(Errno.EINVAL, $"The bundle has {state.Count} folios.");
        var array = KhoVmallocArray<PhysicalAddress>.FindInherited(kho, state.Folios, state.Count);
        List<Folio> folios = [];
        try
        {
            ForEach(array, address => folios.Add(kho.Restore(kho.FindInherited(address))));
            return new Bundle(kho.Pages, folios);
        }
        catch (ErrnoException)
        {
            folios.ForEach(kho.Pages.Free);
            throw;
        }
        finally
        {
            array.RestoreFree();
        }
    }

    private static void Finish(in BundleState state, RetrieveStatus status, IKho kho)
    {
        if (status.IsNotTried)
        {
            var array = KhoVmallocArray<PhysicalAddress>.FindInherited(kho, state.Folios, state.Count);
            ForEach(array, address => kho.RestoreFree(kho.FindInherited(address)));
            array.RestoreFree();
        }
    }

    private static void ForEach(KhoVmallocArray<PhysicalAddress> array, Action<PhysicalAddress> action)
    {
        for (ulong index = 0; index < array.Count; index++)
            action(array[index]);
    }
}
