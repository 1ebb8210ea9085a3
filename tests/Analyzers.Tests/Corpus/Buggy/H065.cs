// H065: incoming global data is used after it was finished.
using System;
using System.Collections.Generic;
using LuoHandlers;
using LuoHandlers.Emulation;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator;
using LuoHandlers.Uapi;
using LuoHandlers.Vfs;

public sealed class Domain { public int Count; }

public static class Enumeration
{
    public static int Count(Kernel kernel, ILiveUpdateFlb flb)
    {
        FlbLease<Domain> lease = kernel.GetIncomingFlb<Domain>(flb);
        lease.Dispose();
        return {|LUO4014:lease.Object|}!.Count;
    }
}
