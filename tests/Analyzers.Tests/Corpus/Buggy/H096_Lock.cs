// H096: a lock stays held when there are too many rows.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using LuoHandlers;
using LuoHandlers.Emulation;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator;
using LuoHandlers.Uapi;
using LuoHandlers.Vfs;

public sealed class Table : LuoFile
{
    public ReaderWriterLockSlim Lock { get; } = new();
    public List<uint> Rows { get; init; } = [];
}

[InlineArray(16)]
public struct Rows16 { private uint _first; }

[PreservedState]
public struct TableState { public uint Count; public Rows16 Rows; }

[LiveUpdateFileHandler("table-v1")]
public sealed partial class TableHandler
{
    bool CanPreserve(Table file) => true;

    Errno Preserve(Table file, out TableState state)
    {
        state = default;
        file.Lock.EnterReadLock();
        if (file.Rows.Count > 16)
            {|LUO4007:return Errno.E2BIG;|}
        for (int i = 0; i < file.Rows.Count; i++)
            state.Rows[i] = file.Rows[i];
        state.Count = (uint)file.Rows.Count;
        file.Lock.ExitReadLock();
        return Errno.None;
    }

    void Unpreserve(Table file) { }

    Table Retrieve(in TableState state)
    {
        if (state.Count > 16)
            throw new ErrnoException(Errno.EINVAL);
        ReadOnlySpan<uint> rows = state.Rows;
        return new Table { Rows = [.. rows[..(int)state.Count]] };
    }

    void Finish(Table? file) { }
}
