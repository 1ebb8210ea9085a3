// H100: a positive number is no failure.
using System;
using System.Collections.Generic;
using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Vfs;

public sealed class Device : LuoFile { public ulong Size { get; set; } }

public sealed class RawHandler : ILiveUpdateFileHandler
{
    public ReadOnlySpan<byte> Compatible => "device-v1"u8;

    public FileHandlerCallbacks Callbacks => FileHandlerCallbacks.Required | FileHandlerCallbacks.Freeze;

    public bool CanPreserve(LuoFile file) => file is Device;

    public int Preserve(ref LiveUpdateFileOpArgs args) => args.File is Device { Size: 0 } ? {|LUO4005:22|} : 0;

    public void Unpreserve(ref LiveUpdateFileOpArgs args) { }

    public int Freeze(ref LiveUpdateFileOpArgs args)
    {
        if (args.File is Device { Size: 0 })
            return {|LUO4005:(int)Errno.EBUSY|};
        return 0;
    }

    public int Retrieve(ref LiveUpdateFileOpArgs args) => {|LUO4005:(int)Errno.EIO|};

    public void Finish(ref LiveUpdateFileOpArgs args) { }
}
