using LuoHandlers;
using LuoHandlers.Handlers;
using LuoHandlers.Vfs;

namespace MemfdHandlerSample.Demo;

/// <summary>
/// Another handler, of which one callback fails once: at the third file, so that there is something to roll back. It stands between LUO and the
/// generated interface of the handler, which knows nothing of it.
/// </summary>
internal sealed class FailingHandler(ILiveUpdateFileHandler handler, FailingCallback fail) : ILiveUpdateFileHandler
{
    private const int FailingCall = 3;
    private int _calls;

    public ReadOnlySpan<byte> Compatible => handler.Compatible;

    public FileHandlerCallbacks Callbacks => handler.Callbacks | FileHandlerCallbacks.CanFinish;

    public bool CanPreserve(LuoFile file) => handler.CanPreserve(file);

    public int Preserve(ref LiveUpdateFileOpArgs args) => FailsNow(FailingCallback.Preserve) ? -(int)Errno.ENOMEM : handler.Preserve(ref args);

    public void Unpreserve(ref LiveUpdateFileOpArgs args) => handler.Unpreserve(ref args);

    public int Freeze(ref LiveUpdateFileOpArgs args) => FailsNow(FailingCallback.Freeze) ? -(int)Errno.EBUSY : handler.Freeze(ref args);

    public void Unfreeze(ref LiveUpdateFileOpArgs args) => handler.Unfreeze(ref args);

    public int Retrieve(ref LiveUpdateFileOpArgs args)
    {
        bool fails = FailsNow(FailingCallback.Retrieve);
        int result = handler.Retrieve(ref args);
        if (result != 0 || !fails)
            return result;
        args.File!.Put();
        args.File = null;
        return -(int)Errno.EIO;
    }

    public bool CanFinish(ref LiveUpdateFileOpArgs args) => !FailsNow(FailingCallback.CanFinish) && handler.CanFinish(ref args);

    public void Finish(ref LiveUpdateFileOpArgs args) => handler.Finish(ref args);

    public ulong GetId(LuoFile file) => handler.GetId(file);

    private bool FailsNow(FailingCallback callback) => callback == fail && ++_calls == FailingCall;
}
