using System.Collections.Generic;
using LuoHandlers;
using LuoHandlers.Vfs;

namespace Generics;

public class Ring<T> : LuoFile
{
    public List<T> Items { get; } = [];
}

[PreservedState]
public struct Pair<T>
    where T : unmanaged
{
    public T First, Second;
}

/// <summary>A handler is not generic; what it works on may be, down to nullable type arguments.</summary>
[LiveUpdateFileHandler("generics-v1")]
public sealed partial class RingHandler
{
    private bool CanPreserve(Ring<string?> file) => true;

    private void Preserve(Ring<string?> file, out Pair<ulong> state, out Dictionary<string, (object? Value, int Count)> seen)
    {
        state = new Pair<ulong> { First = (ulong)file.Items.Count };
        seen = [];
    }

    private void Unpreserve(Ring<string?>? file, in Pair<ulong> state, Dictionary<string, (object? Value, int Count)>? seen) => _ = state.Second;

    private Ring<string?> Retrieve(in Pair<ulong> state) => new();

    private void Finish(Ring<string?>? file) => file?.Items.Clear();
}
