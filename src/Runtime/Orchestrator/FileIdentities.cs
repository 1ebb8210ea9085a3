using LuoHandlers.Handlers;
using LuoHandlers.Vfs;

namespace LuoHandlers.Orchestrator;

/// <summary>
/// The identities of all files that are preserved or retrieved, over all handlers and sessions: none may be preserved twice. A handler names the
/// identity by get_id; without it the file itself is the identity. Older kernels don't
/// keep track: there a file may be preserved any number of times. Thread-safe.
/// </summary>
internal sealed class FileIdentities(CallbackInvoker callbacks, bool isTracking)
{
    private readonly Lock _lock = new();
    private readonly HashSet<ulong> _ids = [];

    /// <summary>Adds the identity of a file.</summary>
    /// <returns>False: it is there already.</returns>
    public bool TryAdd(RegisteredHandler handler, LuoFile file)
    {
        if (!isTracking)
            return true;
        if (!handler.Has(FileHandlerCallbacks.GetId))
            return file.TryClaim();
        ulong id = callbacks.GetId(handler, file);
        lock (_lock)
            return _ids.Add(id);
    }

    public void Remove(RegisteredHandler handler, LuoFile file)
    {
        if (!isTracking)
            return;
        if (!handler.Has(FileHandlerCallbacks.GetId))
        {
            file.Unclaim();
            return;
        }
        ulong id = callbacks.GetId(handler, file);
        lock (_lock)
            _ids.Remove(id);
    }
}
