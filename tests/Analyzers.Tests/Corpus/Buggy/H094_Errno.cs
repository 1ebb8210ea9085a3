// H094: success with a null file, on one of two ways.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using LuoHandlers;
using LuoHandlers.Emulation;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator;
using LuoHandlers.Uapi;
using LuoHandlers.Vfs;

public sealed class Alarm : LuoFile
{
    public uint Period { get; set; }
    public uint Flags { get; set; }
    public bool IsArmed { get; set; }
    public ulong Elapsed { get; set; }
}

[PreservedState]
public struct AlarmState
{
    public uint Period;
    public uint Flags;
}

[LiveUpdateFileHandler("buggy-v1")]
public sealed partial class AlarmHandler
{
    bool CanPreserve(Alarm file) => true;

    void Preserve(Alarm file, out AlarmState state) => state = new AlarmState { Period = file.Period, Flags = file.Flags };

    void Freeze(Alarm file, ref AlarmState state)
    {
        state.Period = file.Period;
        state.Flags = file.Flags;
    }

    void Unpreserve(Alarm file) { }

    Errno Retrieve(in AlarmState state, out Alarm? file)
    {
        file = null;
        if (state.Flags == 0)
            return {|LUO4006:Errno.None|};
        file = new() { Period = state.Period, Flags = state.Flags & 7 };
        return Errno.None;
    }

    void Finish(Alarm? file) { }
}
