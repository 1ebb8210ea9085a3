// H091: Freeze renews the count, and leaves the flags that were masked at Preserve.
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

public sealed class EventFd : LuoFile
{
    public ulong Count { get; set; }
    public uint Flags { get; set; }
}

[PreservedState]
public struct EventFdState
{
    public ulong Count;
    public uint Flags;
    public uint Reserved;
}

[LiveUpdateFileHandler("eventfd-v1")]
public sealed partial class EventFdHandler
{
    bool CanPreserve(EventFd file) => true;
    void Preserve(EventFd file, out EventFdState state) => state = new EventFdState { Count = file.Count, {|LUO4010:Flags = file.Flags & 3|} };
    void Freeze(EventFd file, ref EventFdState state) => state.Count = file.Count;
    void Unpreserve(EventFd file) { }

    EventFd Retrieve(in EventFdState state)
    {
        if ((state.Flags & ~3u) != 0 || state.Reserved != 0)
            throw new ErrnoException(Errno.EINVAL);
        return new EventFd { Count = state.Count, Flags = state.Flags };
    }

    void Finish(EventFd? file) { }
}
