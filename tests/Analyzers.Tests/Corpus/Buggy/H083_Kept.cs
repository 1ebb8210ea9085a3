// H083: the array is given up while the object goes on reading it.
#nullable enable
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

public sealed class HugePool(KhoVmallocArray<ulong> free) { public ulong First => free[0]; }

[PreservedState]
public struct HugePoolState { public ulong Count; public KhoVmalloc<ulong> Free; }

[LiveUpdateFlb("hugepool-v1")]
public sealed partial class HugePoolFlb
{
    HugePool Preserve(out HugePoolState state, IKho kho)
    {
        var free = KhoVmallocArray<ulong>.AllocatePreserved(kho, 4);
        state = new HugePoolState { Count = free.Count, Free = free.Descriptor };
        return new HugePool(free);
    }

    void Unpreserve(in HugePoolState state, IKho kho) => KhoVmallocArray<ulong>.FindPreserved(kho, state.Free, state.Count).UnpreserveFree();

    HugePool Retrieve(in HugePoolState state, IKho kho)
    {
        var free = KhoVmallocArray<ulong>.FindInherited(kho, state.Free, state.Count);
        var pool = new HugePool(free);
        {|LUO4019:free.RestoreFree()|};
        return pool;
    }

    void Finish(HugePool pool) { }
}
