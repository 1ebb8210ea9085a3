// H033: a chain that leads back into itself is collected for ever.
#nullable enable
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

public sealed class Chain(ulong[] blocks) : LuoFile { public ulong[] Blocks => blocks; }

[PreservedState]
public struct ChainState { public PhysicalAddress First; }

[LiveUpdateFileHandler("chain-v1")]
public sealed partial class ChainHandler
{
    bool CanPreserve(Chain file) => true;

    void Preserve(Chain file, out ChainState state, IKho kho)
    {
        using var scope = new PreservationScope(kho);
        var next = PhysicalAddress.Null;
        foreach (ulong block in file.Blocks)
        {
            KhoRange range = scope.AllocatePreserved(16);
            BinaryPrimitives.WriteUInt64LittleEndian(kho.GetSpan(range), next.Value);
            BinaryPrimitives.WriteUInt64LittleEndian(kho.GetSpan(range)[8..], block);
            next = range.Address;
        }
        scope.Commit();
        state = new ChainState { First = next };
    }

    void Unpreserve(Chain file, in ChainState state, IKho kho)
    {
        PhysicalAddress next = state.First;
        while (!next.IsNull)
        {
            KhoRange range = kho.FindPreserved(next);
            next = Next(range, kho);
            kho.UnpreserveFree(range);
        }
    }

    Chain Retrieve(in ChainState state, IKho kho)
    {
        var blocks = new List<ulong>();
        {|LUO4008:for|} (PhysicalAddress next = state.First; !next.IsNull;)
        {
            if (!kho.TryFindInherited(next, out KhoRange range))
            {
                Drop(state.First, kho);
                throw new ErrnoException(Errno.EINVAL, $"The chain is broken at {next}.");
            }
            blocks.Add(BinaryPrimitives.ReadUInt64LittleEndian(kho.GetSpan(range)[8..]));
            next = Next(range, kho);
        }
        Drop(state.First, kho);
        return new Chain([.. blocks]);
    }

    void Finish(Chain? file, in ChainState state, RetrieveStatus status, IKho kho)
    {
        if (status.IsNotTried)
            Drop(state.First, kho);
    }

    private static void Drop(PhysicalAddress first, IKho kho)
    {
        PhysicalAddress next = first;
        while (kho.TryFindInherited(next, out KhoRange range))
        {
            next = Next(range, kho);
            kho.RestoreFree(range);
        }
    }

    private static PhysicalAddress Next(KhoRange range, IKho kho) => new(BinaryPrimitives.ReadUInt64LittleEndian(kho.GetSpan(range)));
}
