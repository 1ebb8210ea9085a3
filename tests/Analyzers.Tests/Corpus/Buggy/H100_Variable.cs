// H100: a positive error in a variable.
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

public sealed class Raw : LuoFile { public ulong Value { get; set; } }
public sealed class RawHandler : ILiveUpdateFileHandler
{
    public ReadOnlySpan<byte> Compatible => "buggy-v1"u8;
    public KernelModule? Owner => null;
    public FileHandlerCallbacks Callbacks => FileHandlerCallbacks.Required | FileHandlerCallbacks.Freeze | FileHandlerCallbacks.Unfreeze | FileHandlerCallbacks.CanFinish;
    public bool CanPreserve(LuoFile file) => file is Raw;
    public ulong GetId(LuoFile file) => 0;
    public int Preserve(ref LiveUpdateFileOpArgs args)
    {
        if (args.File is not Raw raw)
            return -(int)Errno.EINVAL;
        args.SerializedData = raw.Value;
        return 0;
    }
    public int Freeze(ref LiveUpdateFileOpArgs args)
    {
        args.SerializedData = ((Raw)args.File!).Value;
        return 0;
    }
    public void Unfreeze(ref LiveUpdateFileOpArgs args) {

    }
    public void Unpreserve(ref LiveUpdateFileOpArgs args) {

    }
    public int Retrieve(ref LiveUpdateFileOpArgs args)
    {
        int error = (int)Errno.ENOMEM;
        if (args.SerializedData > 5)
            return {|LUO4005:error|};
        args.File = new Raw { Value = args.SerializedData };
        return 0;
    }
    public bool CanFinish(ref LiveUpdateFileOpArgs args) {

        return true;
    }
    public void Finish(ref LiveUpdateFileOpArgs args) {

    }
}
