// H058: a token is cut before the file is preserved under it.
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

public static class Agent
{
    public static void Preserve(LiveUpdateSession session, Dictionary<ulong, Memfd> files)
    {
        foreach ((ulong token, Memfd file) in files)
            session.PreserveFile({|LUO4009:(uint)token|}, file);
    }
}
