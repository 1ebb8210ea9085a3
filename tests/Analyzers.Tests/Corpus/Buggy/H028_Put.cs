// H028: a file is used after its reference was put.
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

public static class MemoryReader
{
    public static byte First(LiveUpdateDevice device)
    {
        using LiveUpdateSession session = device.RetrieveSession("reader");
        Memfd ram = session.RetrieveFile<Memfd>(1);
        session.Finish();
        ram.Put();
        Span<byte> head = {|LUO4019:ram.GetSpan(0)|};
        return head[0];
    }
}
