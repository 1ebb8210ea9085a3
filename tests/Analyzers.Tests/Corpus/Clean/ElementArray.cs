using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Vfs;

namespace Clean.ElementArray;

/// <summary>A list of any length, in an array that survives.</summary>
public sealed class List : LuoFile
{
    public System.Collections.Generic.List<ulong> Items { get; } = [];
}

public readonly record struct Item(ulong Value, ulong Index);

[PreservedState]
public struct ListState
{
    public ulong Count;
    public KhoVmalloc<Item> Items;
}

[LiveUpdateFileHandler("list-v1")]
public sealed partial class ListHandler
{
    private const int MaximumCount = 100_000;

    bool CanPreserve(List file) => file.Items.Count is > 0 and <= MaximumCount;

    void Preserve(List file, out ListState state, IKho kho)
    {
        using var scope = new PreservationScope(kho);
        var array = KhoVmallocArray<Item>.AllocatePreserved(kho, (ulong)file.Items.Count);
        scope.OnRollback(array.UnpreserveFree);
        for (int i = 0; i < file.Items.Count; i++)
            array[(ulong)i] = new Item(file.Items[i], (ulong)i);
        state = new ListState { Count = array.Count, Items = array.Descriptor };
        scope.Commit();
    }

    void Unpreserve(in ListState state, IKho kho) => KhoVmallocArray<Item>.FindPreserved(kho, state.Items, state.Count).UnpreserveFree();

    List Retrieve(in ListState state, IKho kho)
    {
        if (state.Count > MaximumCount)
            throw new ErrnoException(Errno.EFBIG, $"The handed-over list has {state.Count} items; {MaximumCount} is the most.");
        var array = KhoVmallocArray<Item>.FindInherited(kho, state.Items, state.Count);
        try
        {
            var file = new List();
            for (ulong i = 0; i < array.Count; i++)
                file.Items.Add(array[i].Value);
            return file;
        }
        finally
        {
            array.RestoreFree();
        }
    }

    void Finish(List? file, in ListState state, RetrieveStatus status, IKho kho)
    {
        if (status.IsNotTried)
            KhoVmallocArray<Item>.FindInherited(kho, state.Items, state.Count).RestoreFree();
    }
}
