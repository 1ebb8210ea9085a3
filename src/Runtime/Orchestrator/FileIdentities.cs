using LuoHandlers.Collections;
using LuoHandlers.Handlers;
using LuoHandlers.Orchestrator.Events;
using LuoHandlers.Vfs;

namespace LuoHandlers.Orchestrator;

/// <summary>
/// The identities of all files that are preserved or retrieved, over all handlers and sessions: none may be preserved twice. A handler names the
/// identity by get_id, and is asked again when the identity is given up; without it the file itself is the identity. Older kernels don't
/// keep track: there a file may be preserved any number of times. Thread-safe.
/// </summary>
internal sealed class FileIdentities(CallbackInvoker callbacks, EventStream events, bool isTracking)
{
    private readonly Lock _lock = new();
    private readonly UInt64Set _ids = new();

    /// <summary>Adds the identity of a file.</summary>
    /// <param name="handler">The file's handler.</param>
    /// <param name="file">The file.</param>
    /// <param name="id">What get_id said; 0 if it was not asked.</param>
    /// <returns>False: it is there already.</returns>
    public bool TryAdd(RegisteredHandler handler, LuoFile file, out ulong id)
    {
        id = 0;
        if (!isTracking)
            return true;
        if (!handler.Has(FileHandlerCallbacks.GetId))
            return file.TryClaim();
        id = callbacks.GetId(handler, file, otherwise: 0);
        lock (_lock)
            return _ids.Add(id);
    }

    /// <summary>Gives up the identity of a file.</summary>
    /// <param name="handler">The file's handler.</param>
    /// <param name="file">The file.</param>
    /// <param name="added">What get_id said when it was added.</param>
    public void Remove(RegisteredHandler handler, LuoFile file, ulong added)
    {
        if (!isTracking)
            return;
        if (!handler.Has(FileHandlerCallbacks.GetId))
        {
            file.Unclaim();
            return;
        }
        ulong id = callbacks.GetId(handler, file, otherwise: added);
        if (id != added)
        {
            events.Mistake(
                KernelMistake.IdentityChanged,
                $"get_id of \"{handler.Name}\" said 0x{added:x} when the file was preserved or retrieved, and 0x{id:x} now: the first one stays busy until the next reboot, and nothing guards another file of the second one. Make get_id name what never changes.");
        }
        lock (_lock)
            _ids.Remove(id);
    }
}
