// H078: the object is returned to callers after the reference was put.
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

public static class Domains
{
    public static Domain? Find(Kernel kernel, ILiveUpdateFlb flb)
    {
        using FlbLease<Domain> lease = kernel.GetIncomingFlb<Domain>(flb);
        return {|LUO4014:lease.Object|};
    }
}
