// H012: one memfd is preserved under two tokens.
using System;
using System.Collections.Generic;
using System.Linq;
using LuoHandlers;
using LuoHandlers.Emulation;
using LuoHandlers.Handlers;
using LuoHandlers.Orchestrator;
using LuoHandlers.Uapi;
using LuoHandlers.Vfs;

public static class BackupAgent
{
    public static LiveUpdateSession Save(Kernel kernel, LiveUpdateDevice device)
    {
        Memfd ram = kernel.CreateMemfd();
        ram.SetSize(1 << 20);
        LiveUpdateSession session = device.CreateSession("backup");
        session.PreserveFile(1, ram);
        {|LUO5008:session.PreserveFile(2, ram)|};
        ram.Put();
        return session;
    }
}
