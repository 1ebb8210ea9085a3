// H102: what is written in the wrong callback is dropped.
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

    public FileHandlerCallbacks Callbacks => FileHandlerCallbacks.Required | FileHandlerCallbacks.Freeze | FileHandlerCallbacks.Unfreeze | FileHandlerCallbacks.CanFinish;

    public bool CanPreserve(LuoFile file) => file is Device;

    public int Preserve(ref LiveUpdateFileOpArgs args)
    {
        args.SerializedData = 1;
        return 0;
    }

    public void Unpreserve(ref LiveUpdateFileOpArgs args) { }

    public int Freeze(ref LiveUpdateFileOpArgs args)
    {
        args.SerializedData |= 2;
        return 0;
    }

    public void Unfreeze(ref LiveUpdateFileOpArgs args)
    {
        {|LUO4016:args.SerializedData &= ~2UL|};
    }

    public int Retrieve(ref LiveUpdateFileOpArgs args)
    {
        args.File = new Device { Size = args.SerializedData };
        return 0;
    }

    public bool CanFinish(ref LiveUpdateFileOpArgs args)
    {
        {|LUO4016:args.File = new Device()|};
        return true;
    }

    public void Finish(ref LiveUpdateFileOpArgs args) { }
}
