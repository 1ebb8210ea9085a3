// H091: Freeze renews the rows, and leaves the columns that the same method changes.
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

public sealed class Pty : LuoFile
{
    private ushort _rows = 24, _columns = 80;

    public ushort Rows => _rows;
    public ushort Columns => _columns;
    public void Resize(ushort rows, ushort columns) => (_rows, _columns) = (rows, columns);
}

[PreservedState]
public struct PtyState { public ushort Rows, Columns; }

[LiveUpdateFileHandler("pty-v1")]
public sealed partial class PtyHandler
{
    bool CanPreserve(Pty file) => true;

    Errno Preserve(Pty file, out PtyState state)
    {
        state.Rows = file.Rows;
        {|LUO4010:state.Columns = file.Columns|};
        return Errno.None;
    }

    Errno Freeze(Pty file, ref PtyState state)
    {
        state.Rows = file.Rows;
        return Errno.None;
    }

    void Unpreserve(Pty file) { }
    Pty Retrieve(in PtyState state) { var pty = new Pty(); pty.Resize(state.Rows, state.Columns); return pty; }
    void Finish(Pty? file) { }
}
