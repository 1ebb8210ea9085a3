// H042: a get without a put.
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

public sealed class Domain { public bool IsEmpty; }

public static class Removal
{
    public static bool CanRemove(Kernel kernel, ILiveUpdateFlb flb)
    {
        FlbLease<Domain> lease = {|LUO4014:kernel.GetOutgoingFlb<Domain>(flb)|};
        return lease.Object is { IsEmpty: true };
    }
}
