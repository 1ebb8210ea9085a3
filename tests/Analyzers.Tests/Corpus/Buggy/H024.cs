// H024: a session is used after it was closed.
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
    public static void Run(LiveUpdateDevice device, Memfd ram)
    {
        LiveUpdateSession session = device.CreateSession("vm");
        session.Dispose();
        {|LUO4019:session.PreserveFile(1, ram)|};
    }
    public static string Close(LiveUpdateDevice device)
    {
        string name;
        LiveUpdateSession session = device.RetrieveSession("vm");
        using (session)
        {
            session.Finish();
        }
        name = {|LUO4019:session.QueryName()|} ?? "?";
        return name;
    }
}
