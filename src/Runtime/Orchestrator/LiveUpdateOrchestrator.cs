using System.Diagnostics.CodeAnalysis;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator.Events;
using LuoHandlers.Orchestrator.Formats;
using LuoHandlers.Orchestrator.Profiles;
using LuoHandlers.Vfs;

namespace LuoHandlers.Orchestrator;

/// <summary>
/// The Live Update Orchestrator of one kernel. Its results are the kernel's: 0, a negative <see cref="Errno"/>, or a positive number that a
/// callback returned.
/// </summary>
/// <remarks>
/// Locks, in the order in which they may be taken: the reboot gate (shared by every operation on sessions, exclusive for the reboot); the lock of one
/// session; that of registrations; the lists of sessions; then the gate of FLBs (shared by every get and put, exclusive from the writing of the FLBs to
/// the end of the reboot: a freeze callback may wait for a thread that puts its FLB); then the registries, the identities and one side of one FLB.
/// Callbacks run under the reboot gate and the lock of their session.
/// </remarks>
public sealed class LiveUpdateOrchestrator
{
    private readonly RebootGate _gate = new();
    private readonly RebootGate _flbGate = new();
    private readonly SessionList _outgoing = new();
    private readonly SessionList _incoming = new();
    private readonly OrchestratorContext? _context;
    private readonly OutgoingHandover? _handover;
    private readonly IncomingHandover? _incomingHandover;
    private readonly KernelProfile _profile;
    private readonly EventStream _events;
    private readonly Lock _restoreLock = new();

    /// <summary>Handlers come and go with their links to FLBs: nobody registers one while its links are being dropped.</summary>
    private readonly RegistrationLock _registrationLock;
    private int? _restoreResult;

    /// <summary>Boots LUO.</summary>
    /// <param name="profile">Which kernel it is of.</param>
    /// <param name="kho">Kexec Handover; null if it is off.</param>
    /// <param name="isEnabled">Whether live update was asked for (<c>liveupdate=on</c>).</param>
    /// <param name="faults">Which allocations shall fail.</param>
    /// <param name="events">Where to report.</param>
    /// <param name="onBadEntry">What to do about what was handed over and can't be taken.</param>
    /// <param name="areTokensUnique">Whether a token may be used once over all sessions.</param>
    /// <exception cref="KernelPanicException">What was handed over is not for this kernel.</exception>
    internal LiveUpdateOrchestrator(
        KernelProfile profile,
        KexecHandover? kho,
        bool isEnabled,
        FaultInjection faults,
        EventStream events,
        BadEntryPolicy onBadEntry,
        bool areTokensUnique)
    {
        _profile = profile;
        _registrationLock = new RegistrationLock(isHeldByCallbacks: !profile.SessionsBlockRegistration);
        _events = events;
        var badEntries = new BadEntries(onBadEntry, events);
        if (kho is null)
        {
            if (isEnabled)
                events.Warn(KernelWarningKind.Warning, "Live update was asked for, but Kexec Handover is off: there is no live update in this kernel.");
            return;
        }
        if (kho.Incoming?.FindSubtree(HandoverFormat.SubtreeName) is { } subtree)
            _incomingHandover = profile.Format.ReadIncoming(kho, faults, subtree, badEntries);
        LiveUpdateNumber = (_incomingHandover?.LiveUpdateNumber ?? 0) + 1;
        if (!isEnabled)
            return;
        try
        {
            _handover = profile.Format.CreateOutgoing(kho, faults, LiveUpdateNumber);
        }
        catch (ErrnoException e)
        {
            events.Warn(KernelWarningKind.Error, $"LUO can't prepare what it hands over, and is off in this kernel. {e.Message}");
            return;
        }
        var callbacks = new CallbackInvoker(kho, events);
        _context = new OrchestratorContext(
            profile,
            kho,
            faults,
            events,
            callbacks,
            new HandlerRegistry(profile, callbacks, events, _registrationLock),
            profile.Flbs == FlbRules.Pinned
                ? new PinnedFlbs(kho, callbacks, events, faults, _registrationLock, _incomingHandover?.Flbs)
                : new CountedFlbs(kho, callbacks, events, faults, _registrationLock, _incomingHandover?.Flbs),
            new FileIdentities(callbacks, events, profile.TracksIdentities),
            badEntries,
            areTokensUnique ? new TokenSet() : null);
    }

    /// <summary>Whether live update works in this kernel. If not, registrations fail with <see cref="Errno.EOPNOTSUPP"/>.</summary>
    [MemberNotNullWhen(true, nameof(_context), nameof(_handover))]
    public bool IsEnabled => _context is not null;

    /// <summary>The number of the live update that this kernel would make: 1 in the first kernel.</summary>
    public ulong LiveUpdateNumber { get; }

    /// <summary>How many sessions this kernel will hand over.</summary>
    public int OutgoingSessionCount => _outgoing.Count;

    /// <summary>How many sessions of the previous kernel there are: retrieved or not, but not finished and closed. 0 before the device was opened.</summary>
    public int IncomingSessionCount => _incoming.Count;

    /// <summary>Whether there are FLBs in this kernel, and live update is on.</summary>
    [MemberNotNullWhen(true, nameof(_context), nameof(_handover))]
    private bool AreFlbsEnabled => IsEnabled && _profile.Flbs != FlbRules.None;

    /// <summary>Whether there is any session: where that blocks registration, incoming ones count from the first open of the device on.</summary>
    private bool AreSessionsOpen => _outgoing.Count + _incoming.Count != 0;

    /// <summary>Registers a handler (<c>liveupdate_register_file_handler</c>).</summary>
    /// <returns>0, or negative EOPNOTSUPP: live update is off; EINVAL: a required callback is missing; EEXIST: the compatible string is taken.
    /// Before 7.2 also EBUSY: there are sessions; EAGAIN: the module is going away.</returns>
    public int RegisterFileHandler(ILiveUpdateFileHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        using (EnterRegistration())
            return IsEnabled ? _context.Handlers.Register(handler, AreSessionsOpen) : -(int)Errno.EOPNOTSUPP;
    }

    /// <summary>Unregisters a handler (<c>liveupdate_unregister_file_handler</c>). Files that are preserved go on using it.</summary>
    /// <returns>0. Before 7.2 also negative EOPNOTSUPP: live update is off; EBUSY: there are sessions, or an FLB is linked to it.</returns>
    public int UnregisterFileHandler(ILiveUpdateFileHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        if (!IsEnabled)
            return _profile.SessionsBlockRegistration ? -(int)Errno.EOPNOTSUPP : 0;
        using (EnterRegistration())
        {
            RegisteredHandler registered = _context.Handlers.GetKnown(handler);
            if (_profile.SessionsBlockRegistration && (AreSessionsOpen || registered.Flbs.Length != 0))
                return -(int)Errno.EBUSY;
            if (registered.IsRegistered)
            {
                _context.Handlers.Unregister(registered);
                _context.Flbs.UnregisterAll(registered);
            }
            return 0;
        }
    }

    /// <summary>Makes all files of a handler depend on an FLB (<c>liveupdate_register_flb</c>).</summary>
    /// <returns>0, or negative EOPNOTSUPP: live update is off, or the kernel has no FLBs; EINVAL: a callback is missing, or the handler was never
    /// registered; ENOMEM; EEXIST: linked already, or the compatible string is another FLB's; ENOSPC: 63 FLBs are linked. Before 7.2 also EBUSY:
    /// there are sessions; EAGAIN: the module is going away.</returns>
    public int RegisterFlb(ILiveUpdateFileHandler handler, ILiveUpdateFlb flb)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(flb);
        using Lock.Scope registration = EnterRegistration();
        return AreFlbsEnabled
            ? _context.Flbs.Register(_context.Handlers.GetKnown(handler), flb, _profile.SessionsBlockRegistration && AreSessionsOpen)
            : -(int)Errno.EOPNOTSUPP;
    }

    /// <summary>Takes back <see cref="RegisterFlb"/> (<c>liveupdate_unregister_flb</c>).</summary>
    /// <returns>0. Before 7.2 also negative EOPNOTSUPP: live update is off; EBUSY: there are sessions; ENOENT: they are not linked.</returns>
    public int UnregisterFlb(ILiveUpdateFileHandler handler, ILiveUpdateFlb flb)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(flb);
        if (!AreFlbsEnabled)
            return _profile.SessionsBlockRegistration ? -(int)Errno.EOPNOTSUPP : 0;
        using Lock.Scope registration = EnterRegistration();
        if (_profile.SessionsBlockRegistration && AreSessionsOpen)
            return -(int)Errno.EBUSY;
        return _context.Flbs.Unregister(_context.Handlers.GetKnown(handler), flb);
    }

    /// <summary>Gets the object that an FLB preserved in this kernel, and keeps it alive (<c>liveupdate_flb_get_outgoing</c>).</summary>
    /// <returns>0, or negative EOPNOTSUPP: live update is off; ENOENT: no file that depends on it is preserved, or it has no object. Before 7.2 0 with
    /// null then, and nothing is kept alive.</returns>
    public int GetOutgoingFlb(ILiveUpdateFlb flb, out object? liveObject)
    {
        ArgumentNullException.ThrowIfNull(flb);
        liveObject = null;
        using TaskWork.Scope call = TaskWork.EnterSystemCall();
        using RebootGate.Scope operation = _flbGate.EnterOperation();
        return AreFlbsEnabled ? _context.Flbs.GetOutgoing(flb, out liveObject) : -(int)Errno.EOPNOTSUPP;
    }

    /// <summary>Takes back one <see cref="GetOutgoingFlb"/> (<c>liveupdate_flb_put_outgoing</c>); nothing before 7.2, where a get takes no
    /// reference.</summary>
    public void PutOutgoingFlb(ILiveUpdateFlb flb)
    {
        ArgumentNullException.ThrowIfNull(flb);
        using TaskWork.Scope call = TaskWork.EnterSystemCall();
        // Once the kernel is replaced there is nothing to put: the count was handed over.
        if (AreFlbsEnabled && _profile.Flbs == FlbRules.Counted && _flbGate.TryEnterOperation(out RebootGate.Scope operation))
        {
            using (operation)
                _context.Flbs.PutOutgoing(flb);
        }
    }

    /// <summary>Gets the object of an FLB that the previous kernel preserved, retrieving it the first time (<c>liveupdate_flb_get_incoming</c>).</summary>
    /// <returns>0, or negative EOPNOTSUPP: live update is off; ENODATA: nothing was handed over, or it is finished; ENOENT: this FLB was not handed
    /// over; ENODEV: its module is going away; or the errno of retrieve, for ever.</returns>
    public int GetIncomingFlb(ILiveUpdateFlb flb, out object? liveObject)
    {
        ArgumentNullException.ThrowIfNull(flb);
        liveObject = null;
        using TaskWork.Scope call = TaskWork.EnterSystemCall();
        using RebootGate.Scope operation = _flbGate.EnterOperation();
        return AreFlbsEnabled ? _context.Flbs.GetIncoming(flb, out liveObject) : -(int)Errno.EOPNOTSUPP;
    }

    /// <summary>Takes back one <see cref="GetIncomingFlb"/> (<c>liveupdate_flb_put_incoming</c>); nothing before 7.2, where a get takes no
    /// reference.</summary>
    public void PutIncomingFlb(ILiveUpdateFlb flb)
    {
        ArgumentNullException.ThrowIfNull(flb);
        using TaskWork.Scope call = TaskWork.EnterSystemCall();
        if (AreFlbsEnabled && _profile.Flbs == FlbRules.Counted && _flbGate.TryEnterOperation(out RebootGate.Scope operation))
        {
            using (operation)
                _context.Flbs.PutIncoming(flb);
        }
    }

    /// <summary>Restores the sessions of the previous kernel, once: the result is final.</summary>
    /// <returns>0, or negative EIO.</returns>
    internal int RestoreSessions()
    {
        using RebootGate.Scope operation = _gate.EnterOperation();
        lock (_restoreLock)
        {
            if (_restoreResult is { } known)
                return known;
            // Final from the beginning, except for what is not remembered.
            _restoreResult = 0;
            return RestoreAll();
        }
    }

    internal int CreateSession(SessionName name, out Session? session)
    {
        using RebootGate.Scope operation = _gate.EnterOperation();
        session = null;
        int result = AddSession(name, ref session);
        _events.Operation("create_session", name, null, result);
        return result;
    }

    /// <summary>Takes back the creation of a session whose file could not be made.</summary>
    internal void CancelSession(Session session)
    {
        using RebootGate.Scope operation = _gate.EnterOperation();
        RemoveOutgoing(session);
    }

    /// <summary>Gets an incoming session for user space, once.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="tryOpenFile">Makes the session's file; if that fails, the session is not retrieved (ENOMEM).</param>
    /// <param name="session">The session.</param>
    internal int RetrieveSession(SessionName name, Func<bool> tryOpenFile, out Session? session)
    {
        using RebootGate.Scope operation = _gate.EnterOperation();
        lock (_incoming.Lock)
        {
            session = _incoming.Find(name);
            int result = session is null ? -(int)Errno.ENOENT : session.IsRetrieved ? -(int)Errno.EINVAL : !tryOpenFile() ? -(int)Errno.ENOMEM : 0;
            if (result == 0)
                session!.IsRetrieved = true;
            else
                session = null;
            _events.Operation("retrieve_session", name, null, result);
            return result;
        }
    }

    /// <summary>All files that this kernel will hand over, in the order of their sessions.</summary>
    internal IReadOnlyList<OutgoingFile> ListOutgoing()
    {
        using RebootGate.Scope operation = _gate.EnterOperation();
        return [.. _outgoing.ToArray().SelectMany(session => session.ListOutgoing())];
    }

    internal int PreserveFile(Session session, ulong token, DescriptorTable descriptors, int descriptor)
    {
        using RebootGate.Scope operation = _gate.EnterOperation();
        int result = session.PreserveFile(token, descriptors, descriptor);
        _events.Operation("preserve_fd", session.Name, token, result);
        return result;
    }

    internal int RetrieveFile(Session session, ulong token, out LuoFile? file)
    {
        using RebootGate.Scope operation = _gate.EnterOperation();
        int result = session.RetrieveFile(token, out file);
        _events.Operation("retrieve_fd", session.Name, token, result);
        return result;
    }

    internal int FinishSession(Session session)
    {
        using RebootGate.Scope operation = _gate.EnterOperation();
        int result = session.Finish();
        _events.Operation("finish", session.Name, null, result);
        return result;
    }

    /// <summary>The last reference to a session's file is gone.</summary>
    internal void CloseSession(Session session)
    {
        using RebootGate.Scope operation = _gate.EnterOperation();
        if (!session.IsIncoming)
        {
            session.UnpreserveAll();
            RemoveOutgoing(session);
        }
        else if (session.Finish() is var result && result != 0)
        {
            _events.Warn(KernelWarningKind.Warning, $"The session \"{session.Name}\" was closed, but could not be finished ({(Errno)(-result)}).");
            _events.Mistake(
                KernelMistake.SessionStuck,
                $"The session \"{session.Name}\" can't be retrieved again (EINVAL), and its files stay busy until the next reboot. Finish a session before it is closed.");
        }
        else
        {
            _incoming.Remove(session);
            session.CheckEmpty();
        }
        _events.Operation("close_session", session.Name, null, 0);
    }

    /// <summary>Freezes and serializes all that is handed over (<c>liveupdate_reboot</c>). After success nothing works any more in this kernel.</summary>
    /// <param name="jump">
    /// The jump into the next kernel. If it throws, the reboot is taken back, and all is as before: Linux can't, LUO stays locked there; but a
    /// program that could not be executed is no reason to lose what it was to take over. Other operations wait until then.
    /// </param>
    /// <returns>0, or the negative errno of the freeze that failed: then all is as before.</returns>
    internal int Reboot(Action? jump = null)
    {
        using System.Diagnostics.Activity? activity = Telemetry.StartReboot();
        using RebootGate.Scope reboot = _gate.EnterReboot();
        Session[] sessions = _outgoing.ToArray();
        int result = IsEnabled ? FreezeAll(sessions) : 0;
        if (result != 0)
        {
            _events.Warn(KernelWarningKind.Warning, $"The reboot failed with {(Errno)(-result)}; all files are thawed, and a retry is fine.");
            _events.Operation("reboot", null, null, result);
            return result;
        }
        try
        {
            return HandOver(sessions, jump);
        }
        catch when (IsEnabled)
        {
            Unfreeze(sessions, sessions.Length, keepsHandles: true);
            _events.Operation("cancel_reboot", null, null, 0);
            throw;
        }
    }

    /// <summary>Writes what is frozen, and goes. No FLB changes from here on.</summary>
    private int HandOver(Session[] sessions, Action? jump)
    {
        using RebootGate.Scope flbs = _flbGate.EnterReboot();
        if (IsEnabled)
        {
            int result = Commit(sessions);
            _events.Operation("reboot", null, null, result);
            if (result != 0)
                return result;
        }
        try
        {
            jump?.Invoke();
        }
        catch when (IsEnabled)
        {
            _handover.CancelCommit();
            throw;
        }
        _flbGate.Close();
        _gate.Close();
        return 0;
    }

    private int Commit(Session[] sessions)
    {
        if (_handover!.Sessions.HasEmptyBlock(sessions.Length))
        {
            _events.Mistake(
                KernelMistake.EmptySessionBlockLinked,
                "The last block of sessions is empty, after a refused duplicate name: the next kernel will panic at boot.");
        }
        _handover.CommitSessions();
        _handover.WriteFlbs(_context!.Flbs.Serialize());
        return !_profile.FinalizesKho || _context.Kho.TryFinalize() ? 0 : FailFinalization();
    }

    private int FailFinalization()
    {
        _events.Mistake(
            KernelMistake.FrozenAfterFailedFinalization,
            "The preserved memory could not be made final: the reboot fails with EAGAIN, but no file is thawed. A retry freezes them again.");
        return -(int)Errno.EAGAIN;
    }

    private int AddSession(SessionName name, ref Session? session)
    {
        if (_profile.ChecksSessionNames && (name.Length == 0 || name.IsUnterminated))
            return -(int)Errno.EINVAL;
        name = CutName(name);
        if (_context!.Faults.ShouldFail(FaultPoint.KernelAllocation))
            return -(int)Errno.ENOMEM;
        lock (_outgoing.Lock)
        {
            EntryStore store = _handover!.Sessions;
            int capacity = store.Capacity;
            int result = store.Reserve(_outgoing.Count + 1);
            if (result != 0)
                return result;
            var created = new Session(name, isIncoming: false, _context);
            if (!_outgoing.TryAdd(created))
            {
                if (store.Capacity != capacity)
                {
                    _events.Mistake(
                        KernelMistake.EmptySessionBlockLinked,
                        $"The refused name \"{name}\" leaves an empty block of sessions linked. If no session is created or closed before the reboot, the next kernel panics at boot.");
                }
                return -(int)Errno.EEXIST;
            }
            session = created;
            return 0;
        }
    }

    /// <summary>Begins to register or unregister: not while this thread holds that up itself.</summary>
    private Lock.Scope EnterRegistration() => _profile.SessionsBlockRegistration && _gate.IsRebootingHere
        ? throw new LockRecursionException("Handlers or FLBs are registered or unregistered from a freeze or unfreeze callback: this kernel would deadlock.")
        : _registrationLock.EnterWrite();

    /// <summary>A session's own copy of its name; where names are not checked, it is cut.</summary>
    private SessionName CutName(SessionName name) => _profile.ChecksSessionNames ? name : name.Cut(SessionName.FieldSize - 1);

    private void RemoveOutgoing(Session session)
    {
        lock (_outgoing.Lock)
        {
            _outgoing.Remove(session);
            _handover!.Sessions.Trim(_outgoing.Count);
        }
    }

    private int FreezeAll(Session[] sessions)
    {
        _handover!.Sessions.Begin();
        for (int i = 0; i < sessions.Length; i++)
        {
            int result = sessions[i].Freeze(_handover.Sessions.Append());
            if (result != 0)
            {
                Unfreeze(sessions, i, keepsHandles: false);
                return result;
            }
        }
        return 0;
    }

    /// <summary>Thaws the first sessions, the last of them first; the one whose freeze failed has thawed itself.</summary>
    /// <param name="sessions">All sessions.</param>
    /// <param name="count">How many of them are frozen.</param>
    /// <param name="keepsHandles">Whether the handles stay even where Linux sets them to 0: it never comes back from a jump.</param>
    private void Unfreeze(Session[] sessions, int count, bool keepsHandles)
    {
        for (int i = count - 1; i >= 0; i--)
            sessions[i].Unfreeze(keepsHandles);
        _handover!.Sessions.Clear();
    }

    private int RestoreAll()
    {
        if (_incomingHandover?.Sessions is not { } entries)
            return 0;
        for (int i = 0; i < entries.Count; i++)
        {
            int result = RestoreSession(SessionEntry.Read(entries[i]), out bool isRemembered);
            if (result == 0)
                continue;
            if (isRemembered)
                _restoreResult = -(int)Errno.EIO;
            return FailRestore(entries, result);
        }
        if (entries.IsCutShort && !_context!.BadEntries.TryIsolate("More sessions are counted than their memory can hold."))
        {
            _restoreResult = -(int)Errno.EIO;
            return FailRestore(entries, -(int)Errno.EINVAL);
        }
        entries.Free();
        return 0;
    }

    private int FailRestore(IncomingEntries entries, int result)
    {
        if (_profile.FileRestoreErrors == FileRestoreErrorPolicy.FinalAndCleaned)
            entries.Free();
        _events.Warn(
            KernelWarningKind.Error,
            $"The incoming sessions can't be restored ({(Errno)(-result)}): the device can't be opened (EIO){(_restoreResult == 0 ? "" : " until the next reboot")}, and what was not restored is lost.");
        return -(int)Errno.EIO;
    }

    private int RestoreSession(SessionEntry entry, out bool isRemembered)
    {
        isRemembered = true;
        if (_context!.Faults.ShouldFail(FaultPoint.KernelAllocation))
        {
            isRemembered = _profile.RemembersSessionAllocationError;
            return -(int)Errno.ENOMEM;
        }
        var session = new Session(CutName(entry.Name), isIncoming: true, _context);
        if (!_incoming.TryAdd(session))
        {
            if (_context.BadEntries.TryIsolate($"It is the second session of this name: its {entry.FileCount} files at {entry.Files} are left out.", entry.Name))
                return 0;
            _events.Warn(KernelWarningKind.Error, $"Two sessions named \"{entry.Name}\" were handed over.");
            return -(int)Errno.EEXIST;
        }
        return session.Restore(entry);
    }
}
