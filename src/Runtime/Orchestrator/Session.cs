using LuoHandlers.Vfs;

namespace LuoHandlers.Orchestrator;

/// <summary>A session (<c>kernel/liveupdate/luo_session.c</c>): files that are handed over together, under a name.</summary>
internal sealed class Session(SessionName name, bool isIncoming, OrchestratorContext context)
{
    private readonly Lock _lock = new();
    private readonly FileSet _files = new(context);

    public SessionName Name { get; } = name;

    /// <summary>Whether the previous kernel handed it over.</summary>
    public bool IsIncoming { get; } = isIncoming;

    /// <summary>Whether user space has got this incoming session. Stays true: it can be retrieved once.</summary>
    public bool IsRetrieved { get; set; }

    public int PreserveFile(ulong token, DescriptorTable descriptors, int descriptor)
    {
        lock (Enter())
            return _files.Preserve(token, descriptors, descriptor);
    }

    public IReadOnlyList<OutgoingFile> ListOutgoing()
    {
        lock (Enter())
            return _files.ListOutgoing(Name);
    }

    public void UnpreserveAll()
    {
        lock (Enter())
            _files.UnpreserveAll();
    }

    public int RetrieveFile(ulong token, out LuoFile? file)
    {
        lock (Enter())
            return _files.Retrieve(token, out file);
    }

    public int Finish()
    {
        lock (Enter())
            return _files.Finish();
    }

    public void CheckEmpty()
    {
        lock (Enter())
            _files.CheckEmpty(Name);
    }

    public int Restore(Formats.SessionEntry entry)
    {
        lock (Enter())
            return _files.Restore(entry);
    }

    /// <summary>Freezes all files. Only the reboot calls it: nothing else runs then.</summary>
    public int Freeze(Span<byte> slot)
    {
        lock (Enter())
        {
            int result = _files.Freeze();
            if (result == 0)
                _files.CreateEntry(Name).Write(slot);
            return result;
        }
    }

    /// <param name="keepsHandles">Whether the handles stay even where Linux sets them to 0.</param>
    public void Unfreeze(bool keepsHandles)
    {
        lock (Enter())
            _files.Unfreeze(keepsHandles);
    }

    private Lock Enter() => _lock.IsHeldByCurrentThread
        ? throw new LockRecursionException($"The session \"{Name}\" is used from a callback of one of its own files: Linux would deadlock.")
        : _lock;
}
