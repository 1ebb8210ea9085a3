using LuoHandlers.Handlers;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator.Events;
using LuoHandlers.Orchestrator.Formats;
using LuoHandlers.Orchestrator.Profiles;
using LuoHandlers.Vfs;

namespace LuoHandlers.Orchestrator;

/// <summary>
/// The files of one session, outgoing or incoming (<c>kernel/liveupdate/luo_file.c</c>). Guarded by the lock of its session.
/// </summary>
internal sealed class FileSet(OrchestratorContext context) : ISessionFiles
{
    /// <summary>More files than any kernel hands over; leaves room to count on.</summary>
    private const int MaximumBelievedCount = 1 << 30;

    private readonly List<PreservedFile> _files = [];
    private readonly Dictionary<ulong, PreservedFile> _byToken = [];
    private readonly EntryStore _store = context.Profile.Format.CreateFileStore(context.Kho, context.Faults);
    private IncomingEntries? _incoming;

    /// <summary>How many files there are, or, after a restore that older kernels let pass, how many were handed over.</summary>
    private int _count;

    /// <summary>A result until there is one: what was begun is taken back, even if it ends by an exception.</summary>
    private const int Unfinished = int.MinValue;

    /// <summary>Preserves a file. The order of the checks is the kernel's.</summary>
    /// <returns>0, a negative errno, or a positive number that preserve returned: a failure all the same.</returns>
    public int Preserve(ulong token, DescriptorTable descriptors, int descriptor)
    {
        if (_byToken.ContainsKey(token) || context.Tokens is { } tokens && !tokens.TryAdd(token))
            return -(int)Errno.EEXIST;
        int result = Unfinished;
        try
        {
            return result = PreserveUnder(token, descriptors, descriptor);
        }
        finally
        {
            if (result != 0)
                context.Tokens?.Remove(token);
        }
    }

    /// <summary>The files, in the order in which they were preserved.</summary>
    public IReadOnlyList<OutgoingFile> ListOutgoing(SessionName session) => [.. _files.Select(file => new OutgoingFile(session, file.Token, file.Handler))];

    /// <summary>Takes back all files, the last one first.</summary>
    public void UnpreserveAll()
    {
        for (int i = _files.Count - 1; i >= 0; i--)
        {
            PreservedFile file = _files[i];
            context.Callbacks.Unpreserve(file);
            context.Flbs.UnpreserveAll(file.Handler.Flbs);
            context.Identities.Remove(file.Handler, file.File!, file.Identity);
            context.Tokens?.Remove(file.Token);
            file.Handler.UnpinModule();
            Remove(i);
            _store.Trim(_count);
            Put(file.File!, file.Handler);
        }
    }

    /// <summary>Makes the state of all files final and writes the entries that are handed over.</summary>
    /// <returns>0, or a negative errno; then all files are as before, except for what freeze changed in their handles.</returns>
    public int Freeze()
    {
        _store.Begin();
        for (int i = 0; i < _files.Count; i++)
        {
            PreservedFile file = _files[i];
            Span<byte> entry = _store.Append();
            if (file.Handler.Has(FileHandlerCallbacks.Freeze))
            {
                LiveUpdateFileOpArgs args = context.Callbacks.Arguments(file);
                int result = context.Callbacks.Freeze(file, ref args);
                if (result < 0)
                {
                    Unfreeze(i, context.Profile.ClearsHandleAtUnfreeze);
                    return result;
                }
                // A positive result counts as success, but the changed handle is not taken.
                if (result == 0)
                    file.SerializedData = args.SerializedData;
            }
            new FileEntry(file.Handler.Compatible, file.SerializedData, file.Token).Write(entry);
        }
        return 0;
    }

    /// <summary>Takes back a freeze of all files, the first one first.</summary>
    /// <param name="keepsHandles">Whether the handles stay even where Linux sets them to 0.</param>
    public void Unfreeze(bool keepsHandles) => Unfreeze(_files.Count, clearsHandles: context.Profile.ClearsHandleAtUnfreeze && !keepsHandles);

    /// <summary>What is handed over of this set, once it is frozen.</summary>
    public SessionEntry CreateEntry(SessionName name) =>
        new(name, _count == 0 ? PhysicalAddress.Null : _store.Address, (ulong)_count);

    /// <summary>Takes over the files of an incoming session.</summary>
    /// <returns>0 or a negative errno; then there are none.</returns>
    public int Restore(SessionEntry entry)
    {
        if (entry.Files.IsNull)
        {
            if (entry.FileCount != 0)
            {
                context.Events.Warn(
                    KernelWarningKind.WarnOn,
                    $"The session \"{entry.Name}\" counts {entry.FileCount} files, but points to none. It is restored without files.");
            }
            return 0;
        }
        if (!context.Profile.Format.TryReadFiles(context.Kho, context.Faults, entry, context.BadEntries, out IncomingEntries files, out string fault))
        {
            context.Events.Warn(KernelWarningKind.Error, $"The files of the session \"{entry.Name}\" can't be restored. {fault}");
            files.Free();
            return -(int)Errno.EINVAL;
        }
        int result = 0;
        for (int i = 0; i < files.Count && result == 0; i++)
            result = RestoreFile(FileEntry.Read(files[i]), entry.Name);
        if (result == 0 && files.IsCutShort && !context.BadEntries.TryIsolate($"It counts {entry.FileCount} files, which its memory can't hold.", entry.Name))
        {
            context.Events.Warn(KernelWarningKind.Error, $"The session \"{entry.Name}\" counts {entry.FileCount} files; Linux would read what is not there.");
            result = -(int)Errno.EINVAL;
        }
        if (result != 0 && context.Profile.FileRestoreErrors == FileRestoreErrorPolicy.FinalAndCleaned)
        {
            DropRestored();
            files.Free();
            return result;
        }
        if (result == 0 && context.BadEntries.AreIsolated)
        {
            // Nothing but what was restored counts.
            _count = _files.Count;
            _incoming = files;
            if (_count == 0)
                FreeIncoming();
            return 0;
        }
        _count = (int)Math.Min(entry.FileCount, MaximumBelievedCount);
        _incoming = files;
        return context.Profile.FileRestoreErrors == FileRestoreErrorPolicy.Ignored ? 0 : result;
    }

    /// <summary>Gives user space a file of an incoming session, retrieving it the first time.</summary>
    /// <param name="token">The file's token.</param>
    /// <param name="file">The file, with a reference for the caller.</param>
    public int Retrieve(ulong token, out LuoFile? file)
    {
        int result = RetrieveForDependent(token, out file);
        file?.Get();
        return result;
    }

    /// <inheritdoc/>
    public int RetrieveForDependent(ulong token, out LuoFile? file)
    {
        file = null;
        if (!_byToken.TryGetValue(token, out PreservedFile? record))
            return -(int)Errno.ENOENT;
        if (record.RetrieveStatus < 0)
            return record.RetrieveStatus;
        if (record.IsBeingRetrieved)
            return -(int)Errno.EINVAL;
        if (record.RetrieveStatus == 0)
        {
            int result = RetrieveFirst(record);
            if (result != 0)
            {
                if (context.Profile.RemembersFailedRetrieve)
                    record.RetrieveStatus = result;
                return result;
            }
        }
        file = record.File!;
        return 0;
    }

    /// <inheritdoc/>
    public ulong? FindToken(LuoFile file) => _files.Find(record => record.File == file)?.Token;

    /// <summary>Ends an incoming session: asks all files, then finishes them, the last one first.</summary>
    /// <returns>0, or -EBUSY if a handler refuses; then nothing has changed.</returns>
    public int Finish()
    {
        if (_count == 0)
            return 0;
        // Before anything is done: a session that is finished by halves can't be finished again.
        foreach (PreservedFile file in _files)
            FlbSet.ThrowIfFinishIsNested(file.Handler.Flbs);
        foreach (PreservedFile file in _files)
        {
            if (file.Handler.Has(FileHandlerCallbacks.CanFinish) && !context.Callbacks.CanFinish(file))
                return -(int)Errno.EBUSY;
        }
        for (int i = _files.Count - 1; i >= 0; i--)
        {
            PreservedFile file = _files[i];
            context.Callbacks.Finish(file);
            context.Flbs.FinishAll(file.Handler.Flbs);
            if (file.File is not null)
            {
                context.Identities.Remove(file.Handler, file.File, file.Identity);
                Put(file.File, file.Handler);
            }
            if (file.HoldsToken)
                context.Tokens?.Remove(file.Token);
            file.Handler.UnpinModule();
            Remove(i);
        }
        FreeIncoming();
        return 0;
    }

    /// <summary>The session is gone: nothing may be left.</summary>
    public void CheckEmpty(SessionName session)
    {
        if (_count != 0)
            context.Events.Warn(KernelWarningKind.WarnOn, $"The session \"{session}\" is gone, but {_count} of its files were never restored.");
    }

    private int PreserveUnder(ulong token, DescriptorTable descriptors, int descriptor)
    {
        int result = _store.CheckLimit(_count + 1);
        if (result == 0 && context.Profile.ReservesRoomBeforeFile)
            result = Reserve();
        if (result != 0)
            return result;
        result = Unfinished;
        try
        {
            return result = PreserveDescriptor(token, descriptors, descriptor);
        }
        finally
        {
            if (result != 0)
                _store.Trim(_count);
        }
    }

    private int Reserve()
    {
        if (_incoming is not null)
            return 0;
        if (_count != 0 && !_store.HasMemory)
            context.Events.Warn(KernelWarningKind.WarnOn, $"{_count} files are counted that there is no memory for: they were never restored.");
        return _store.Reserve(_count + 1);
    }

    private int PreserveDescriptor(ulong token, DescriptorTable descriptors, int descriptor)
    {
        if (descriptors.GetFile(descriptor) is not { } file)
            return -(int)Errno.EBADF;
        int result = Unfinished;
        try
        {
            return result = PreserveReferenced(token, file);
        }
        finally
        {
            if (result != 0)
                file.Put();
        }
    }

    private int PreserveReferenced(ulong token, LuoFile file)
    {
        int result = context.Profile.ReservesRoomBeforeFile ? 0 : Reserve();
        return result != 0 ? result : PreserveOpenFile(token, file);
    }

    private int PreserveOpenFile(ulong token, LuoFile file)
    {
        if (context.Handlers.FindFor(file) is not { } handler)
            return -(int)Errno.ENOENT;
        if (!handler.TryPinModule())
        {
            if (!context.Handlers.IsLast(handler))
            {
                context.Events.Mistake(
                    KernelMistake.GoingModuleHidesHandlers,
                    $"The module {handler.Owner?.Name} of \"{handler.Name}\" is going away: the file is refused, and the handlers after it are not asked.");
            }
            return -(int)Errno.ENOENT;
        }
        int result = Unfinished;
        try
        {
            return result = PreserveWith(handler, token, file);
        }
        finally
        {
            if (result != 0)
                handler.UnpinModule();
        }
    }

    private int PreserveWith(RegisteredHandler handler, ulong token, LuoFile file)
    {
        if (!context.Identities.TryAdd(handler, file, out ulong id))
            return -(int)Errno.EBUSY;
        int result = Unfinished;
        try
        {
            return result = PreserveWithFlbs(new PreservedFile(handler, token) { File = file, Identity = id, HoldsToken = true });
        }
        finally
        {
            if (result != 0)
                context.Identities.Remove(handler, file, id);
        }
    }

    private int PreserveWithFlbs(PreservedFile record)
    {
        // Those of now: a later link or its end does not change what is taken back here.
        FlbState[] flbs = record.Handler.Flbs;
        int result = context.Flbs.PreserveAll(flbs);
        if (result != 0)
            return result;
        result = AddRecord(record);
        if (result != 0)
            context.Flbs.UnpreserveAll(flbs);
        return result;
    }

    private int AddRecord(PreservedFile record)
    {
        if (context.Faults.ShouldFail(FaultPoint.KernelAllocation))
            return -(int)Errno.ENOMEM;
        LiveUpdateFileOpArgs args = context.Callbacks.Arguments(record);
        args.Session = this;
        int result = context.Callbacks.Preserve(record, ref args);
        if (result != 0)
            return result;
        record.SerializedData = args.SerializedData;
        record.PrivateData = args.PrivateData;
        Add(record);
        _count++;
        return 0;
    }

    private void Unfreeze(int count, bool clearsHandles)
    {
        for (int i = 0; i < count; i++)
        {
            if (_files[i].Handler.Has(FileHandlerCallbacks.Unfreeze))
                context.Callbacks.Unfreeze(_files[i]);
            if (clearsHandles)
                _files[i].SerializedData = 0;
        }
        _store.Clear();
    }

    private int RestoreFile(FileEntry entry, SessionName session)
    {
        if (context.Handlers.FindByCompatible(entry.Compatible) is not { } handler || !handler.TryPinModule())
        {
            if (context.BadEntries.TryIsolate($"There is no handler \"{entry.Compatible}\" for the file, which has the handle 0x{entry.Data:x}.", session, entry.Token))
                return 0;
            context.Events.Warn(
                KernelWarningKind.Error,
                $"The session \"{session}\" has a file for the handler \"{entry.Compatible}\", which is not registered. Register it before the device is opened for the first time.");
            return -(int)Errno.ENOENT;
        }
        if (context.Faults.ShouldFail(FaultPoint.KernelAllocation))
        {
            handler.UnpinModule();
            return -(int)Errno.ENOMEM;
        }
        Add(new PreservedFile(handler, entry.Token) { SerializedData = entry.Data });
        return 0;
    }

    private void DropRestored()
    {
        foreach (PreservedFile file in _files)
            file.Handler.UnpinModule();
        _files.Clear();
        _byToken.Clear();
    }

    private void FreeIncoming()
    {
        _incoming?.Free();
        _incoming = null;
        // Older kernels finish what this kernel preserved, and give its memory to the function for inherited memory.
        if (_store.HasMemory)
        {
            context.Events.Warn(KernelWarningKind.KhoFreeRefused, "The memory for the files of a session that was created here can't be freed by its finish: it leaks.");
            _store.Abandon();
        }
    }

    private int RetrieveFirst(PreservedFile record)
    {
        LiveUpdateFileOpArgs args = context.Callbacks.RetrieveArguments(record);
        args.Session = this;
        record.IsBeingRetrieved = true;
        int result = context.Callbacks.Retrieve(record, ref args);
        record.IsBeingRetrieved = false;
        if (result < 0)
            return result;
        if (result > 0 || args.File is null or { ReferenceCount: 0 })
        {
            context.Events.Mistake(
                KernelMistake.RetrievedNothing,
                $"retrieve of \"{record.Handler.Name}\" returned {result} and {(args.File is null ? "no" : result > 0 ? "a" : "a released")} file. Linux would use a file that is not there, and crash; here it is a failure (EIO).");
            return -(int)Errno.EIO;
        }
        record.File = args.File;
        bool isFree = context.Identities.TryAdd(record.Handler, args.File, out ulong id);
        record.Identity = id;
        if (!isFree)
        {
            context.Events.Warn(KernelWarningKind.WarnOn, $"A retrieved file of \"{record.Handler.Name}\" has the identity of another one.");
            context.Events.Mistake(
                KernelMistake.IdentityTwice,
                $"Two files of \"{record.Handler.Name}\" have one identity: when the first is finished, both can be preserved again. Make get_id name the object behind the file.");
        }
        record.RetrieveStatus = RetrieveStatus.Succeeded.Value;
        return 0;
    }

    /// <summary>Puts LUO's reference on a file; not even a handler that put one too many keeps LUO from the other files.</summary>
    private void Put(LuoFile file, RegisteredHandler handler)
    {
        if (!file.TryPut())
        {
            context.Events.Warn(
                KernelWarningKind.WarnOn,
                $"A callback of \"{handler.Name}\" put its file once too often: it was released while LUO still held a reference. Put only what the callback itself got.");
        }
    }

    private void Add(PreservedFile file)
    {
        _files.Add(file);
        // Of two incoming files with one token the first is found.
        _byToken.TryAdd(file.Token, file);
    }

    private void Remove(int index)
    {
        PreservedFile file = _files[index];
        _files.RemoveAt(index);
        _count--;
        if (_byToken.TryGetValue(file.Token, out PreservedFile? found) && found == file)
            _byToken.Remove(file.Token);
    }
}
