// H050: an identity is combined in 32 bits, in a variable of its own.
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

public sealed class Zone(uint device, int index) : LuoFile { public uint Device => device; public int Index => index; }

[PreservedState]
public struct ZoneState { public uint Device; public int Index; }

[LiveUpdateFileHandler("zone-v1")]
public sealed partial class ZoneHandler
{
    bool CanPreserve(Zone file) => file.Index >= 0;

    // Several files may be open on one zone.
    ulong GetId(Zone file)
    {
        uint key = ({|LUO4009:file.Device << 20|}) + (uint)file.Index;
        return key;
    }

    void Preserve(Zone file, out ZoneState state) => state = new ZoneState { Device = file.Device, Index = file.Index };
    void Unpreserve(Zone file) { }

    Zone Retrieve(in ZoneState state)
    {
        if (state.Index < 0)
            throw new ErrnoException(Errno.EINVAL, "A negative zone.");
        return new Zone(state.Device, state.Index);
    }

    void Finish(Zone? file) { }
}
