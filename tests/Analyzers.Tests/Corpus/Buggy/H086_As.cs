// H086: 'as' that nobody tests.
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
    bool CanPreserve(LuoFile file)
    {
        var alarm = file as Alarm;
        return {|LUO4003:alarm!.Period|} > 0;
    }

    void Preserve(LuoFile file, out AlarmState state) => state = new AlarmState { Period = ((Alarm)file).Period, Flags = ((Alarm)file).Flags };

    void Unpreserve(LuoFile file) { }

    LuoFile Retrieve(in AlarmState state) => new Alarm() { Period = state.Period, Flags = state.Flags & 7 };

    void Finish(LuoFile? file) { }
}
