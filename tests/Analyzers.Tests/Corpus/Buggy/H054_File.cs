// H054: Freeze waits for a lock in a method of the file.
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

public sealed class Pump : LuoFile
{
    private readonly ReaderWriterLockSlim _lock = new();
    public ulong Strokes { get; set; }

    public ulong ReadStrokes()
    {
        _lock.EnterReadLock();
        try
        {
            return Strokes;
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }
}

[PreservedState]
public struct PumpState { public ulong Strokes; }

[LiveUpdateFileHandler("pump-v1")]
public sealed partial class PumpHandler
{
    bool CanPreserve(Pump file) => true;
    void Preserve(Pump file, out PumpState state) => state.Strokes = file.ReadStrokes();
    void Freeze(Pump file, ref PumpState state) => state.Strokes = {|LUO4012:file.ReadStrokes()|};
    void Unpreserve(Pump file) { }
    Pump Retrieve(in PumpState state) => new() { Strokes = state.Strokes };
    void Finish(Pump? file) { }
}
