// H089: a number in pages of this machine.
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

    void Preserve(Alarm file, out AlarmState state) => state = new AlarmState { {|LUO3013:Period|} = file.Period / (uint)Environment.SystemPageSize, Flags = file.Flags };

    void Unpreserve(Alarm file) { }

    Alarm Retrieve(in AlarmState state) => new() { Period = state.Period, Flags = state.Flags & 7 };

    void Finish(Alarm? file) { }
}
