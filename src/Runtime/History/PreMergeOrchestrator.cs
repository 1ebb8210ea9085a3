using LuoHandlers.Emulation;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator;
using LuoHandlers.Orchestrator.Events;
using LuoHandlers.Orchestrator.Formats;
using LuoHandlers.Vfs;

namespace LuoHandlers.History;

/// <summary>
/// The Live Update Orchestrator as it was in the series before its merge: one state for the whole machine, and sessions that are opens of the device.
/// It takes the place of today's LUO in the kernel that it boots. Thread-safe.
/// </summary>
/// <remarks>Results are the kernel's: 0 or more, or a negative <see cref="Errno"/>. Callbacks run under the lock of LUO, and must not use LUO.</remarks>
public sealed class PreMergeOrchestrator
{
    private readonly Lock _lock = new();
    private readonly EventStream _events;
    private readonly PreMergeCallbacks? _callbacks;
    private readonly PreMergeHandlerRegistry? _handlers;
    private readonly OutgoingPreMergeFiles? _outgoing;
    private IncomingPreMergeFiles? _incoming;
    private volatile PreMergeState _state;

    private PreMergeOrchestrator(Kernel kernel, bool isEnabled)
    {
        Kernel = kernel;
        _events = kernel.Events;
        if (!isEnabled || kernel.KexecHandover is not { } kho)
            return;
        _callbacks = new PreMergeCallbacks(kho, _events);
        _handlers = new PreMergeHandlerRegistry(_callbacks, _events);
        _outgoing = new OutgoingPreMergeFiles(kho, _callbacks, _events);
        if (kho.Incoming?.FindSubtree(HandoverFormat.SubtreeName) is { } subtree)
            _incoming = new IncomingPreMergeFiles(kho, new BadEntries(kernel.Machine.Options.OnBadEntry, _events), subtree.Address);
        _state = _incoming is null ? PreMergeState.Normal : PreMergeState.Updated;
    }

    /// <summary>The kernel that it is a part of: for its files, its memory, its faults and its events.</summary>
    public Kernel Kernel { get; }

    /// <summary>Where the whole machine is in a live update.</summary>
    public PreMergeState State => _state;

    /// <summary>Boots the next kernel of a machine, with this LUO in the place of today's.</summary>
    /// <param name="machine">The machine; no kernel may be running.</param>
    /// <param name="options">How the kernel is booted.</param>
    /// <exception cref="InvalidOperationException">A kernel is running.</exception>
    /// <exception cref="KernelPanicException">What was handed over is not for this LUO.</exception>
    public static PreMergeOrchestrator Boot(Machine machine, BootOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(machine);
        options ??= new BootOptions();
        Kernel kernel = machine.Boot(options with { LiveUpdate = false, IsHandoverLeftAlone = true });
        try
        {
            return new PreMergeOrchestrator(kernel, options.LiveUpdate);
        }
        catch (KernelPanicException)
        {
            kernel.Retire();
            throw;
        }
    }

    /// <summary>Registers a handler.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="argument">What its operations get.</param>
    /// <returns>0, or negative EBUSY: not in normal or updated; EEXIST: the compatible string is taken.</returns>
    public int RegisterFileHandler(IPreMergeFileHandler handler, object? argument = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        using Lock.Scope held = Enter();
        return IsBetweenUpdates ? _handlers!.Register(handler, argument) : -(int)Errno.EBUSY;
    }

    /// <summary>Unregisters a handler.</summary>
    /// <returns>0, or negative EBUSY: not in normal or updated, or a file of it is registered; ENOENT: it is not registered.</returns>
    public int UnregisterFileHandler(IPreMergeFileHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        using Lock.Scope held = Enter();
        if (!IsBetweenUpdates)
            return -(int)Errno.EBUSY;
        if (_handlers!.Find(handler) is not { } registered)
            return -(int)Errno.ENOENT;
        if (_outgoing!.IsUsing(registered))
            return -(int)Errno.EBUSY;
        _handlers.Unregister(registered);
        return 0;
    }

    /// <summary>Opens <c>/dev/liveupdate</c>: a session. <see cref="Emulation.Kernel.Close"/> ends it: in normal and updated all its files are
    /// unregistered, in prepared and frozen they stay and are handed over.</summary>
    /// <param name="exclusive">Whether nobody else shall open it (<c>O_EXCL</c>), which is refused.</param>
    /// <returns>A descriptor, or negative ENOENT: live update is off; EMFILE; EINVAL: <paramref name="exclusive"/>; ENOMEM.</returns>
    public int OpenDevice(bool exclusive = false)
    {
        using TaskWork.Scope call = TaskWork.EnterSystemCall();
        using Lock.Scope held = Enter();
        if (_outgoing is not { } outgoing)
            return -(int)Errno.ENOENT;
        if (!Kernel.Descriptors.TryReserve(out int descriptor))
            return -(int)Errno.EMFILE;
        if (exclusive || Kernel.Faults.ShouldFail(FaultPoint.KernelAllocation))
        {
            Kernel.Descriptors.CancelReservation(descriptor);
            return exclusive ? -(int)Errno.EINVAL : -(int)Errno.ENOMEM;
        }
        Kernel.Descriptors.Install(descriptor, new PreMergeDevice(this, outgoing.Open()));
        return descriptor;
    }

    /// <summary>Registers an open file for preservation, in the session of a device.</summary>
    /// <param name="device">The descriptor of the device.</param>
    /// <param name="token">What the next kernel knows the file by.</param>
    /// <param name="descriptor">The descriptor of the file.</param>
    /// <returns>0, or negative EBADF: a descriptor is not open; ENOTTY: no device; EBUSY: not in normal or updated; ENOENT: no handler takes the
    /// file; ENOMEM; EEXIST: a file of any session has the token.</returns>
    public int RegisterFile(int device, ulong token, int descriptor) =>
        RunOnDevice("register_file", device, token, session => RegisterFile(session, token, descriptor));

    /// <summary>Unregisters a file of the session of a device.</summary>
    /// <param name="device">The descriptor of the device.</param>
    /// <param name="token">The token of the file.</param>
    /// <returns>0, or negative EBADF; ENOTTY; EBUSY: not in normal or updated; ENOENT: this session has no such file.</returns>
    public int UnregisterFile(int device, ulong token) =>
        RunOnDevice("unregister_file", device, token, session => IsBetweenUpdates ? _outgoing!.Unregister(session, token) : -(int)Errno.EBUSY);

    /// <summary>Retrieves a file that the previous kernel handed over, whatever session it came from; once.</summary>
    /// <param name="device">The descriptor of the device.</param>
    /// <param name="token">The token of the file.</param>
    /// <returns>A descriptor, or negative EBADF; ENOTTY; EMFILE; EBUSY: not in updated; ENOENT: there is no such file; EINVAL: it was asked for
    /// before; or the errno of the handler.</returns>
    /// <exception cref="KernelPanicException">A file that was handed over can't be taken, and that is to stop the machine.</exception>
    public int RetrieveFile(int device, ulong token) => RunOnDevice("retrieve_file", device, token, _ => RetrieveFile(token));

    /// <summary>Moves the whole machine from one state to another, with all files of all sessions.</summary>
    /// <returns>0, or negative EINVAL: not in this state; ENOMEM; ENOSPC: no room for the tree; or the errno of the handler that failed: the files
    /// before its own are cancelled, and the machine is in normal.</returns>
    /// <exception cref="KernelPanicException">A file that was handed over can't be taken, and that is to stop the machine.</exception>
    public int SetEvent(PreMergeEvent machineEvent)
    {
        using TaskWork.Scope call = TaskWork.EnterSystemCall();
        using Lock.Scope held = Enter();
        return Apply(machineEvent);
    }

    /// <summary>Reboots into the next kernel (kexec). In prepared the files are frozen before; in normal and updated nothing is handed over.</summary>
    /// <returns>0, or a negative errno: this kernel goes on.</returns>
    public int Reboot()
    {
        using TaskWork.Scope call = TaskWork.EnterSystemCall();
        using Lock.Scope held = Enter();
        if (_state == PreMergeState.Prepared && Apply(PreMergeEvent.Freeze) is not 0 and int result)
            return result;
        if (_state == PreMergeState.Frozen)
        {
            try
            {
                _outgoing!.HandOver();
            }
            catch (ErrnoException e)
            {
                return -(int)e.Errno;
            }
        }
        return Kernel.Reboot();
    }

    /// <summary>Replaces this kernel by the next one, with this LUO, in this process.</summary>
    /// <param name="next">How the next kernel is booted.</param>
    /// <exception cref="ErrnoException">A file could not be frozen, or handed over: this kernel goes on.</exception>
    /// <exception cref="KernelPanicException">The next kernel can't take what was handed over; it is lost.</exception>
    public PreMergeOrchestrator Kexec(BootOptions? next = null)
    {
        int result = Reboot();
        return result == 0
            ? Boot(Kernel.Machine, next)
            : throw new ErrnoException((Errno)(-result), $"The live update did not happen: the files could not be frozen or handed over ({(Errno)(-result)}). This kernel is in {_state}.");
    }

    internal void CloseSession(PreMergeSession session)
    {
        if (Kernel.IsReplaced)
            return;
        using Lock.Scope held = Enter();
        if (IsBetweenUpdates)
            _outgoing!.Drop(session);
        else
            session.IsClosed = true;
    }

    /// <summary>Whether files and handlers may come and go.</summary>
    private bool IsBetweenUpdates => _state is PreMergeState.Normal or PreMergeState.Updated;

    private int RegisterFile(PreMergeSession session, ulong token, int descriptor)
    {
        if (Kernel.Descriptors.GetFile(descriptor) is not { } file)
            return -(int)Errno.EBADF;
        int result = RegisterOpenFile(session, token, file);
        if (result != 0)
            file.Put();
        return result;
    }

    private int RegisterOpenFile(PreMergeSession session, ulong token, LuoFile file)
    {
        if (!IsBetweenUpdates)
            return -(int)Errno.EBUSY;
        if (_handlers!.FindFor(file) is not { } handler)
            return -(int)Errno.ENOENT;
        if (Kernel.Faults.ShouldFail(FaultPoint.KernelAllocation))
            return -(int)Errno.ENOMEM;
        return _outgoing!.Register(session, token, handler, file);
    }

    private int RetrieveFile(ulong token)
    {
        if (!Kernel.Descriptors.TryReserve(out int descriptor))
            return -(int)Errno.EMFILE;
        LuoFile? file = null;
        try
        {
            int result = _state == PreMergeState.Updated ? _incoming!.Retrieve(token, _handlers!, _callbacks!, out file) : -(int)Errno.EBUSY;
            if (result != 0)
                return result;
            Kernel.Descriptors.Install(descriptor, file!);
            return descriptor;
        }
        finally
        {
            if (file is null)
                Kernel.Descriptors.CancelReservation(descriptor);
        }
    }

    private int Apply(PreMergeEvent machineEvent)
    {
        int result = (machineEvent, _state) switch
        {
            (PreMergeEvent.Prepare, PreMergeState.Normal) => EnterUnlessFailed(PreMergeState.Prepared, _outgoing!.Prepare()),
            (PreMergeEvent.Freeze, PreMergeState.Prepared) => EnterUnlessFailed(PreMergeState.Frozen, _outgoing!.Freeze()),
            (PreMergeEvent.Finish, PreMergeState.Updated) => Finish(),
            (PreMergeEvent.Cancel, PreMergeState.Prepared or PreMergeState.Frozen) => Cancel(),
            _ => -(int)Errno.EINVAL,
        };
        _events.Operation(machineEvent.ToString().ToLowerInvariant(), null, null, result);
        return result;
    }

    private int EnterUnlessFailed(PreMergeState state, int result)
    {
        _state = result == 0 ? state : PreMergeState.Normal;
        return result;
    }

    private int Finish()
    {
        _incoming!.Finish(_handlers!, _callbacks!);
        _incoming = null;
        _state = PreMergeState.Normal;
        return 0;
    }

    private int Cancel()
    {
        _outgoing!.Cancel();
        _state = PreMergeState.Normal;
        return 0;
    }

    private int RunOnDevice(string operation, int descriptor, ulong token, Func<PreMergeSession, int> run)
    {
        using TaskWork.Scope call = TaskWork.EnterSystemCall();
        using Lock.Scope held = Enter();
        LuoFile? file = Kernel.Descriptors.GetFile(descriptor);
        int result;
        try
        {
            result = file switch
            {
                null => -(int)Errno.EBADF,
                PreMergeDevice device when device.Orchestrator == this => run(device.Session),
                _ => -(int)Errno.ENOTTY,
            };
        }
        finally
        {
            file?.Put();
        }
        _events.Operation(operation, null, token, result);
        return result;
    }

    private Lock.Scope Enter()
    {
        if (_lock.IsHeldByCurrentThread)
            throw new LockRecursionException("LUO is used from a callback: Linux would deadlock.");
        Lock.Scope scope = _lock.EnterScope();
        if (!Kernel.IsReplaced)
            return scope;
        scope.Dispose();
        throw new InvalidOperationException("This kernel was replaced by a live update: use the next one.");
    }
}
