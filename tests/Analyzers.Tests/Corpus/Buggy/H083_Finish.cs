// H083: the array is given up when the data is retrieved, and looked for again when it is finished.
#nullable enable
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

public sealed class Regions(ulong[] starts) { public ulong[] Starts => starts; }

[PreservedState]
public struct RegionsState { public ulong Count; public KhoVmalloc<ulong> Starts; }

[LiveUpdateFlb("regions-v1")]
public sealed partial class RegionsFlb
{
    Regions Preserve(out RegionsState state, IKho kho)
    {
        var starts = KhoVmallocArray<ulong>.AllocatePreserved(kho, 3);
        state = new RegionsState { Count = 3, Starts = starts.Descriptor };
        return new Regions(starts.ToArray());
    }

    void Unpreserve(in RegionsState state, IKho kho) => Preserved(state, kho).UnpreserveFree();

    Regions Retrieve(in RegionsState state, IKho kho)
    {
        var starts = Inherited(state, kho);
        ulong[] copy = starts.ToArray();
        {|LUO4019:starts.RestoreFree()|};
        return new Regions(copy);
    }

    void Finish(in RegionsState state, IKho kho) => Inherited(state, kho).RestoreFree();

    static KhoVmallocArray<ulong> Preserved(in RegionsState state, IKho kho) => KhoVmallocArray<ulong>.FindPreserved(kho, state.Starts, state.Count);
    static KhoVmallocArray<ulong> Inherited(in RegionsState state, IKho kho) => KhoVmallocArray<ulong>.FindInherited(kho, state.Starts, state.Count);
}
