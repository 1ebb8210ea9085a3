using LuoHandlers.Handlers;
using LuoHandlers.Vfs;

namespace LuoHandlers.Samples.Tests;

/// <summary>A handler whose files can't be frozen.</summary>
internal sealed class RefusingHandler : ILiveUpdateFileHandler
{
    public ReadOnlySpan<byte> Compatible => "refusing-v1"u8;

    public FileHandlerCallbacks Callbacks => FileHandlerCallbacks.Required | FileHandlerCallbacks.Freeze;

    public bool CanPreserve(LuoFile file) => file is RefusedFile;

    public int Preserve(ref LiveUpdateFileOpArgs args) => 0;

    public int Freeze(ref LiveUpdateFileOpArgs args) => -(int)Errno.EBUSY;

    public void Unpreserve(ref LiveUpdateFileOpArgs args)
    {
    }

    public int Retrieve(ref LiveUpdateFileOpArgs args) => -(int)Errno.EIO;

    public void Finish(ref LiveUpdateFileOpArgs args)
    {
    }
}
