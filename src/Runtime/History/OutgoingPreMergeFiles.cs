using LuoHandlers.Kho;
using LuoHandlers.Orchestrator.Events;
using LuoHandlers.Orchestrator.Formats;
using LuoHandlers.Vfs;

namespace LuoHandlers.History;

/// <summary>The sessions of this kernel and the files in them, and the tree that hands them over.</summary>
internal sealed class OutgoingPreMergeFiles(KexecHandover kho, PreMergeCallbacks callbacks, EventStream events)
{
    private readonly List<PreMergeSession> _sessions = [];

    /// <summary>The memory of the tree, while the machine is prepared or frozen.</summary>
    private KhoRange? _tree;

    private IEnumerable<PreMergeFile> Files => _sessions.SelectMany(session => session.Files.Values);

    public PreMergeSession Open()
    {
        var session = new PreMergeSession();
        _sessions.Add(session);
        return session;
    }

    public bool IsUsing(RegisteredPreMergeHandler handler) => Files.Any(file => file.Handler == handler);

    /// <summary>Adds a file, with the caller's reference.</summary>
    /// <returns>0, or negative EEXIST: a file of some session has the token.</returns>
    public int Register(PreMergeSession session, ulong token, RegisteredPreMergeHandler handler, LuoFile file)
    {
        if (_sessions.Any(other => other.Files.ContainsKey(token)))
        {
            events.Warn(KernelWarningKind.Warning, $"The token 0x{token:x} is taken by a file of {(session.Files.ContainsKey(token) ? "this" : "another")} session: choose another token.");
            return -(int)Errno.EEXIST;
        }
        session.Files.Add(token, new PreMergeFile(handler, token) { File = file });
        return 0;
    }

    /// <summary>Takes a file out.</summary>
    /// <returns>0, or negative ENOENT: it is not in this session.</returns>
    public int Unregister(PreMergeSession session, ulong token)
    {
        if (!session.Files.Remove(token, out PreMergeFile? file))
            return -(int)Errno.ENOENT;
        if (file.IsPrepared)
        {
            events.Warn(
                KernelWarningKind.Warning,
                $"The file 0x{token:x} of \"{file.Handler.Name}\" goes, but a freeze that failed left it prepared: what its prepare took is lost. Prepare and cancel first.");
        }
        if (!file.File!.TryPut())
            events.Warn(KernelWarningKind.WarnOn, $"A callback of \"{file.Handler.Name}\" put its file once too often. Put only what the callback itself got.");
        return 0;
    }

    /// <summary>Takes a session out with all its files.</summary>
    public void Drop(PreMergeSession session)
    {
        foreach (ulong token in session.Files.Keys.ToArray())
            Unregister(session, token);
        _sessions.Remove(session);
    }

    /// <summary>Prepares all files.</summary>
    /// <returns>0 or a negative errno; then those before the one that failed are cancelled.</returns>
    public int Prepare()
    {
        if (!kho.TryAllocatePreserved(PreMergeTree.GetByteCount(Files.Count()), out KhoRange tree))
            return -(int)Errno.ENOMEM;
        _tree = tree;
        return RunAll(file =>
        {
            int result = file.IsPrepared ? 0 : callbacks.Prepare(file);
            file.IsPrepared = result == 0;
            return result;
        });
    }

    /// <summary>Freezes all files.</summary>
    /// <returns>0 or a negative errno; then those before the one that failed are cancelled.</returns>
    public int Freeze() => RunAll(callbacks.Freeze);

    /// <summary>Cancels all files.</summary>
    public void Cancel() => CancelBefore(null);

    /// <summary>Adds the tree to what this kernel hands over.</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.EAGAIN"/>: the preserved memory can't be made final. <see cref="Errno.ENOMEM"/>: the KHO root
    /// has no room for it.</exception>
    public void HandOver()
    {
        if (!kho.TryFinalize())
            throw new ErrnoException(Errno.EAGAIN, "The preserved memory can't be made final.");
        kho.AddSubtree(HandoverFormat.SubtreeName, _tree!.Value.Address, _tree.Value.ByteCount);
    }

    private int RunAll(Func<PreMergeFile, int> operation)
    {
        foreach (PreMergeFile file in Files)
        {
            int result = operation(file);
            if (result != 0)
            {
                CancelBefore(file);
                return result;
            }
        }
        byte[] blob = PreMergeTree.Write([.. Files]);
        if (blob.Length > _tree!.Value.ByteCount)
        {
            Cancel();
            return -(int)Errno.ENOSPC;
        }
        blob.CopyTo(kho.GetSpan(_tree.Value));
        return 0;
    }

    private void CancelBefore(PreMergeFile? failed)
    {
        foreach (PreMergeFile file in Files)
        {
            if (file == failed)
                break;
            if (file.IsPrepared)
                callbacks.Cancel(file);
            file.IsPrepared = false;
            file.Data = 0;
        }
        kho.UnpreserveFree(_tree!.Value);
        _tree = null;
        // Nobody is left who could unregister their files. After a freeze that failed, some wait for the next prepare and its cancel.
        foreach (PreMergeSession session in _sessions.Where(session => session.IsClosed && !session.Files.Values.Any(file => file.IsPrepared)).ToArray())
            Drop(session);
    }
}
