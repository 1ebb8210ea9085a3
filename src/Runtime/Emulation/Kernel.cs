using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Manifests;
using LuoHandlers.Memory;
using LuoHandlers.Native;
using LuoHandlers.Orchestrator;
using LuoHandlers.Orchestrator.Events;
using LuoHandlers.Orchestrator.Profiles;
using LuoHandlers.Uapi;
using LuoHandlers.Vfs;

namespace LuoHandlers.Emulation;

/// <summary>
/// One boot of an emulated machine, with one process in it. What looks like a system call has the result of one: a negative
/// <see cref="Errno"/> for a failure. Thread-safe.
/// </summary>
public sealed class Kernel
{
    private readonly EventStream _events = new();
    private readonly List<LuoEvent> _bootEvents = [];
    private readonly DescriptorTable _descriptors;
    private readonly LiveUpdateDeviceNode _device;
    private readonly Dictionary<Type, ILiveUpdateFlb> _flbs = [];
    private volatile bool _isReplaced;

    /// <summary>What was registered with each handler: the FLBs that it uses, and the handlers of its older versions.</summary>
    private readonly Dictionary<ILiveUpdateFileHandler, (ILiveUpdateFlb[] Flbs, RetrieveOnlyHandler[] Older)> _registered = new(ReferenceEqualityComparer.Instance);

    internal Kernel(Machine machine, BootOptions options, PhysicalAddress incomingRoot, AddressRanges? present)
    {
        Machine = machine;
        Profile = machine.Options.Kernel;
        Faults = options.Faults ?? new FaultInjection();
        _descriptors = new DescriptorTable(options.DescriptorLimit);
        Pages = new PageAllocator(machine.Memory);
        _events.Raised += _bootEvents.Add;
        if (machine.Options.LoggerFactory is { } loggers)
            _events.Raised += new KernelLog(loggers.CreateLogger("LuoHandlers.Kernel")).Write;
        if (options.KexecHandover)
        {
            KexecHandover = new KexecHandover(Pages, Profile.Kho, Profile.Release, incomingRoot, present, Faults);
            if (KexecHandover.IncomingFault is { } fault)
                _events.Warn(KernelWarningKind.Warning, fault);
        }
        KexecHandover? handover = options.IsHandoverLeftAlone ? null : KexecHandover;
        Orchestrator = new LiveUpdateOrchestrator(Profile, handover, options.LiveUpdate, Faults, _events, machine.Options.OnBadEntry, machine.Options.UniqueTokens);
        _device = new LiveUpdateDeviceNode(Profile, Orchestrator, _descriptors, Faults, _events);
        _events.Raised -= _bootEvents.Add;
    }

    /// <summary>What happens in this kernel, in order; raised on the thread that causes it.</summary>
    public event Action<LuoEvent>? EventRaised
    {
        add => _events.Raised += value;
        remove => _events.Raised -= value;
    }

    /// <summary>The machine.</summary>
    public Machine Machine { get; }

    /// <summary>Which kernel this is.</summary>
    public KernelProfile Profile { get; }

    /// <summary>What happened during boot, before anyone could listen.</summary>
    public IReadOnlyList<LuoEvent> BootEvents => _bootEvents;

    /// <summary>Ordinary memory, which is gone with the kernel unless it is preserved.</summary>
    public PageAllocator Pages { get; }

    /// <summary>Makes allocations fail.</summary>
    public FaultInjection Faults { get; }

    /// <summary>Kexec Handover; null if the kernel was booted without it.</summary>
    public KexecHandover? KexecHandover { get; }

    /// <summary>The Live Update Orchestrator.</summary>
    public LiveUpdateOrchestrator Orchestrator { get; }

    /// <summary>Whether live update works in this kernel.</summary>
    public bool IsLiveUpdateEnabled => Orchestrator.IsEnabled;

    /// <summary>How many file descriptors are open.</summary>
    public int OpenDescriptorCount => _descriptors.OpenCount;

    /// <summary>Whether a live update has replaced this kernel: nothing works any more.</summary>
    public bool IsReplaced => _isReplaced;

    internal DescriptorTable Descriptors => _descriptors;

    internal EventStream Events => _events;

    /// <summary>
    /// Registers a file handler, with the older versions that it retrieves by <see cref="RetrievesFromAttribute"/>, and links the FLBs that it
    /// depends on by <see cref="UsesFlbAttribute{TFlb}"/>: all or nothing.
    /// </summary>
    /// <param name="handler">The handler.</param>
    /// <exception cref="ErrnoException"><see cref="Errno.EOPNOTSUPP"/>: live update is off, or the kernel has no FLBs but the handler depends on
    /// one. <see cref="Errno.EINVAL"/>: a required callback is missing. <see cref="Errno.EEXIST"/>: the compatible string, or an older one, is taken.
    /// Before 7.2 also <see cref="Errno.EBUSY"/>: there are sessions, incoming ones from the first open of the device on;
    /// <see cref="Errno.EAGAIN"/>: the module is going away. Or as <see cref="RegisterFlb"/>.</exception>
    /// <exception cref="LockRecursionException">It is called from a callback where Linux would deadlock: can_preserve, or an FLB's for a file; before 7.2
    /// freeze and unfreeze.</exception>
    public void RegisterFileHandler(ILiveUpdateFileHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Register(handler);
        ILiveUpdateFlb[] flbs = (handler as IUsesFlbs)?.AttachTo(this) ?? [];
        RegisterFlbs(handler, flbs);
        RetrieveOnlyHandler[] older = (handler as IRetrievesOlder)?.CreateOlder() ?? [];
        RegisterOlder(handler, older, flbs);
        lock (_registered)
            _registered[handler] = (flbs, older);
    }

    /// <summary>Takes back <see cref="RegisterFileHandler"/>. Files that are preserved go on using the handler.</summary>
    /// <param name="handler">The handler; nothing happens if it is not registered.</param>
    /// <exception cref="ErrnoException">Only before 7.2, and nothing has changed. <see cref="Errno.EOPNOTSUPP"/>: live update is off.
    /// <see cref="Errno.EBUSY"/>: there are sessions, or an FLB is linked to it that <see cref="RegisterFlb"/> linked.</exception>
    /// <exception cref="LockRecursionException">As for <see cref="RegisterFileHandler"/>.</exception>
    public void UnregisterFileHandler(ILiveUpdateFileHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        lock (_registered)
        {
            (ILiveUpdateFlb[] Flbs, RetrieveOnlyHandler[] Older) parts = _registered.GetValueOrDefault(handler, ([], []));
            int result = Unregister(handler, parts.Flbs, parts.Flbs.Length);
            if (result != 0)
            {
                var errno = (Errno)(-result);
                throw new ErrnoException(errno, $"The handler \"{Encoding.UTF8.GetString(handler.Compatible)}\" can't be unregistered ({errno}): " + errno switch
                {
                    Errno.EOPNOTSUPP => "live update is off in this kernel.",
                    _ => $"there are sessions, or an FLB is linked to it, and {Profile} wants neither.",
                });
            }
            foreach (RetrieveOnlyHandler older in parts.Older)
                _ = Unregister(older, parts.Flbs, parts.Flbs.Length);
            _registered.Remove(handler);
        }
    }

    /// <summary>This kernel's FLB of a type: one for all handlers, whatever assemblies they come from. It is made when it is first asked for.</summary>
    /// <typeparam name="TFlb">The type of the FLB.</typeparam>
    public TFlb GetFlb<TFlb>()
        where TFlb : class, ILiveUpdateFlb, new()
    {
        lock (_flbs)
        {
            if (!_flbs.TryGetValue(typeof(TFlb), out ILiveUpdateFlb? flb))
                _flbs.Add(typeof(TFlb), flb = new TFlb());
            return (TFlb)flb;
        }
    }

    /// <summary>Makes all files of a handler depend on an FLB.</summary>
    /// <param name="handler">The handler; registered before.</param>
    /// <param name="flb">The FLB.</param>
    /// <exception cref="ErrnoException">As <see cref="LiveUpdateOrchestrator.RegisterFlb"/> has the errno.</exception>
    /// <exception cref="LockRecursionException">As for <see cref="RegisterFileHandler"/>.</exception>
    public void RegisterFlb(ILiveUpdateFileHandler handler, ILiveUpdateFlb flb)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(flb);
        int result = Orchestrator.RegisterFlb(handler, flb);
        if (result != 0)
        {
            var errno = (Errno)(-result);
            throw new ErrnoException(
                errno,
                $"The FLB \"{Encoding.UTF8.GetString(flb.Compatible)}\" can't be linked to the handler \"{Encoding.UTF8.GetString(handler.Compatible)}\" ({errno}): " + errno switch
                {
                    Errno.EOPNOTSUPP when Profile.Flbs == FlbRules.None => $"{Profile} has no FLBs. Use a kernel that has them (7.0 or later), or a handler without.",
                    Errno.EOPNOTSUPP => "live update is off in this kernel.",
                    Errno.EEXIST => "they are linked already, or another FLB has that compatible string.",
                    Errno.EINVAL => "the FLB lacks a callback, or the handler is not registered.",
                    Errno.ENOSPC => "as many FLBs are linked as LUO can hand over.",
                    Errno.EBUSY => "there are sessions; this kernel wants all FLBs linked before the first of them.",
                    Errno.EAGAIN => "its module is going away.",
                    _ => "there is no memory.",
                });
        }
    }

    /// <summary>Takes back <see cref="RegisterFlb"/>.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="flb">The FLB; since 7.2 there is only a warning if it is not linked to the handler.</param>
    /// <exception cref="ErrnoException">Only before 7.2. <see cref="Errno.EOPNOTSUPP"/>: live update is off, or the kernel has no FLBs.
    /// <see cref="Errno.EBUSY"/>: there are sessions. <see cref="Errno.ENOENT"/>: they are not linked.</exception>
    /// <exception cref="LockRecursionException">As for <see cref="RegisterFileHandler"/>.</exception>
    public void UnregisterFlb(ILiveUpdateFileHandler handler, ILiveUpdateFlb flb)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(flb);
        int result = Orchestrator.UnregisterFlb(handler, flb);
        if (result != 0)
        {
            var errno = (Errno)(-result);
            throw new ErrnoException(
                errno,
                $"The FLB \"{Encoding.UTF8.GetString(flb.Compatible)}\" can't be unlinked from the handler \"{Encoding.UTF8.GetString(handler.Compatible)}\" ({errno}): " + errno switch
                {
                    Errno.EOPNOTSUPP => "live update is off in this kernel, or it has no FLBs.",
                    Errno.EBUSY => $"there are sessions, and {Profile} wants none.",
                    _ => "they are not linked.",
                });
        }
    }

    /// <summary>Gets the object that an FLB preserved in this kernel, and keeps it alive until the lease is disposed.</summary>
    /// <typeparam name="TObject">The type of the object.</typeparam>
    /// <exception cref="ErrnoException">As <see cref="LiveUpdateOrchestrator.GetOutgoingFlb"/> has the errno.</exception>
    /// <exception cref="InvalidCastException">The object is of another type.</exception>
    public FlbLease<TObject> GetOutgoingFlb<TObject>(ILiveUpdateFlb flb)
        where TObject : class
    {
        ThrowIfNotGot(Orchestrator.GetOutgoingFlb(flb, out object? liveObject), flb);
        return CreateLease<TObject>(flb, liveObject, Orchestrator.PutOutgoingFlb);
    }

    /// <summary>Gets the object that an FLB preserved in this kernel, and keeps it alive until the lease is disposed.</summary>
    /// <typeparam name="TObject">The type of the object.</typeparam>
    /// <exception cref="ErrnoException">As <see cref="LiveUpdateOrchestrator.GetOutgoingFlb"/> has the errno.</exception>
    public FlbLease<TObject> GetOutgoingFlb<TObject>(ILiveUpdateFlb<TObject> flb)
        where TObject : class => GetOutgoingFlb<TObject>((ILiveUpdateFlb)flb);

    /// <summary>
    /// Gets the object of an FLB that the previous kernel preserved, retrieving it the first time, and keeps it alive until the lease is disposed.
    /// </summary>
    /// <typeparam name="TObject">The type of the object.</typeparam>
    /// <exception cref="ErrnoException">As <see cref="LiveUpdateOrchestrator.GetIncomingFlb"/> has the errno.</exception>
    public FlbLease<TObject> GetIncomingFlb<TObject>(ILiveUpdateFlb<TObject> flb)
        where TObject : class => GetIncomingFlb<TObject>((ILiveUpdateFlb)flb);

    /// <summary>
    /// Gets the object of an FLB that the previous kernel preserved, retrieving it the first time, and keeps it alive until the lease is disposed.
    /// Get every FLB before the first file that depends on it is finished: nobody else does.
    /// </summary>
    /// <typeparam name="TObject">The type of the object.</typeparam>
    /// <exception cref="ErrnoException">As <see cref="LiveUpdateOrchestrator.GetIncomingFlb"/> has the errno.</exception>
    /// <exception cref="InvalidCastException">The object is of another type.</exception>
    public FlbLease<TObject> GetIncomingFlb<TObject>(ILiveUpdateFlb flb)
        where TObject : class
    {
        ThrowIfNotGot(Orchestrator.GetIncomingFlb(flb, out object? liveObject), flb);
        return CreateLease<TObject>(flb, liveObject, Orchestrator.PutIncomingFlb);
    }

    /// <summary>Makes an empty memfd of this kernel, with one reference that the caller puts.</summary>
    public Memfd CreateMemfd() => new(Pages);

    /// <summary>Opens <c>/dev/liveupdate</c> for an agent. Register all handlers before: the first time restores the incoming sessions.</summary>
    /// <exception cref="LuoException">As <see cref="LiveUpdateDevice.Open"/>.</exception>
    public LiveUpdateDevice OpenLiveUpdate() => LiveUpdateDevice.Open(new KernelTransport(this));

    /// <summary>Opens <c>/dev/liveupdate</c>.</summary>
    /// <returns>A descriptor, or negative ENOENT: live update is off; EMFILE; EBUSY: it is open already; EIO: the incoming sessions could not be
    /// restored, for good.</returns>
    public int OpenDevice()
    {
        using TaskWork.Scope call = TaskWork.EnterSystemCall();
        return _device.Open();
    }

    /// <summary>Opens a file.</summary>
    /// <param name="open">Makes the file, with one reference; not called if there is no descriptor for it.</param>
    /// <param name="pathOnly">Whether the descriptor only names the file (<c>O_PATH</c>): then most calls say EBADF.</param>
    /// <returns>A descriptor, or negative EMFILE.</returns>
    /// <exception cref="ArgumentException"><paramref name="open"/> made no file.</exception>
    public int OpenFile(Func<LuoFile> open, bool pathOnly = false)
    {
        ArgumentNullException.ThrowIfNull(open);
        using TaskWork.Scope call = TaskWork.EnterSystemCall();
        if (!_descriptors.TryReserve(out int descriptor))
            return -(int)Errno.EMFILE;
        LuoFile file;
        try
        {
            file = open() ?? throw new ArgumentException("It made no file: it returned null.", nameof(open));
        }
        catch
        {
            _descriptors.CancelReservation(descriptor);
            throw;
        }
        _descriptors.Install(descriptor, file, pathOnly);
        return descriptor;
    }

    /// <summary>Makes one more descriptor of an open file.</summary>
    /// <returns>A descriptor, or negative EBADF, EMFILE.</returns>
    public int Dup(int descriptor)
    {
        using TaskWork.Scope call = TaskWork.EnterSystemCall();
        return _descriptors.Duplicate(descriptor);
    }

    /// <summary>Closes a descriptor.</summary>
    /// <returns>0, or negative EBADF.</returns>
    public int Close(int descriptor)
    {
        using TaskWork.Scope call = TaskWork.EnterSystemCall();
        return _descriptors.Close(descriptor);
    }

    /// <summary>The file of a descriptor, without a reference; null if it is not open.</summary>
    public LuoFile? GetFile(int descriptor) => _descriptors.Peek(descriptor);

    /// <summary>Runs an ioctl.</summary>
    /// <returns>0, a negative errno, or a positive number that a callback returned.</returns>
    public int Ioctl(int descriptor, uint request, UserBuffer argument)
    {
        using TaskWork.Scope call = TaskWork.EnterSystemCall();
        if (_descriptors.GetFile(descriptor) is not { } file)
            return -(int)Errno.EBADF;
        // An operation that Linux would deadlock in throws: the reference must not be lost to it.
        try
        {
            return file is IoctlFile target ? target.Ioctl(request, argument) : -(int)Errno.ENOTTY;
        }
        finally
        {
            file.Put();
        }
    }

    /// <summary>
    /// Reboots into the next kernel (kexec): freezes and writes all that is handed over. After success this kernel is gone;
    /// <see cref="Machine.Boot"/> boots the next one.
    /// </summary>
    /// <returns>0, or the negative errno of the freeze that failed: then all is as before.</returns>
    public int Reboot()
    {
        int result = -1;
        try
        {
            using TaskWork.Scope call = TaskWork.EnterSystemCall();
            result = Orchestrator.Reboot();
        }
        finally
        {
            // Even if a listener threw: the reboot is done, or it is not.
            if (result == 0)
            {
                Machine.HandOver(KexecHandover?.Root ?? PhysicalAddress.Null);
                Retire();
            }
        }
        return result;
    }

    /// <summary>Replaces this kernel by the next one, in this process.</summary>
    /// <param name="next">How the next kernel is booted.</param>
    /// <returns>The next kernel.</returns>
    /// <exception cref="ErrnoException">A handler could not freeze its file: this kernel goes on, and all files are thawed.</exception>
    /// <exception cref="KernelPanicException">The next kernel can't take what was handed over; it is lost.</exception>
    public Kernel Kexec(BootOptions? next = null)
    {
        KexecToHandover();
        return Machine.Boot(next);
    }

    /// <summary>Does the first half of <see cref="Kexec"/>: all is frozen and written, this kernel is gone, and <see cref="Machine.Boot"/> boots the next one.</summary>
    /// <exception cref="ErrnoException">A handler could not freeze its file: this kernel goes on, and all files are thawed.</exception>
    public void KexecToHandover() => ThrowIfNotFrozen(Reboot());

    /// <summary>Finds out what of that which is preserved now another program could not take, without loading or running it.</summary>
    /// <param name="nextProgram">The program as it is executed, with its assembly beside it, or that assembly (<c>.dll</c>).</param>
    /// <returns>What would be lost, by session and token. A program that has no manifest that can be read is told by <see cref="PreflightReport.NotChecked"/>.</returns>
    public PreflightReport Preflight(string nextProgram)
    {
        ArgumentException.ThrowIfNullOrEmpty(nextProgram);
        try
        {
            return Preflight(ProgramManifest.Read(nextProgram));
        }
        catch (Exception e) when (e is InvalidManifestException or IOException or UnauthorizedAccessException)
        {
            return new PreflightReport(nextProgram, [], [$"There is no manifest: {e.Message}"]);
        }
    }

    /// <summary>Finds out what of that which is preserved now another program could not take.</summary>
    /// <param name="next">What the program can retrieve.</param>
    /// <returns>What would be lost, by session and token.</returns>
    public PreflightReport Preflight(ProgramManifest next)
    {
        ArgumentNullException.ThrowIfNull(next);
        using TaskWork.Scope call = TaskWork.EnterSystemCall();
        return PreflightReport.Create(next, PreservedItems.Find(Orchestrator.ListOutgoing()));
    }

    /// <summary>
    /// Replaces this kernel and the whole program by a real <c>execve</c>: same pid, the memory stays where it is, nothing is copied, descriptors
    /// of .NET are closed. The next program goes on with <see cref="Machine.Open"/>. Returns never; if it can't be done, all is as before.
    /// </summary>
    /// <param name="options">The next program; null: the running one, with its arguments and the environment as it is now.</param>
    /// <exception cref="PlatformNotSupportedException">There is no <c>execve</c> here: use <see cref="Kexec"/>.</exception>
    /// <exception cref="ErrnoException">A handler could not freeze its file, or the next program can't be executed
    /// (<see cref="Errno.ENOENT"/>, <see cref="Errno.EACCES"/>, <see cref="Errno.ENOEXEC"/>, <see cref="Errno.E2BIG"/>, <see cref="Errno.ENOMEM"/>):
    /// this kernel goes on, all files are thawed, and a retry is fine.</exception>
    /// <exception cref="PreflightException">The next program could not take all that is preserved: nothing was frozen.</exception>
    [DoesNotReturn]
    public void KexecProcess(KexecProcessOptions? options = null)
    {
        if (Machine.Memory.File is not { } memory)
            throw new PlatformNotSupportedException("A program can be replaced only on Linux; Kexec does the same in this process.");
        options ??= new KexecProcessOptions();
        (byte[] program, byte[][] name, byte[][] arguments) = ProcessImage.Current();
        if (options.Program is { } next)
        {
            ProcessImage.CheckExecutable(next);
            program = Encoding.UTF8.GetBytes(next);
            name = [program];
            arguments = [];
        }
        arguments = [.. name, .. options.Arguments?.Select(Encoding.UTF8.GetBytes) ?? arguments];
        if (options.Preflight)
            ThrowIfLossy(Preflight(NextProgram.FindFile(program, arguments)));
        // A process that was started with somebody else's variable, and never looked at it, must not pass it on beside its own.
        List<byte[]> environment = ProcessImage.CurrentEnvironment(except: ProcessHandover.Variable);

        memory.DropMappings();
        long started = Stopwatch.GetTimestamp();
        using TaskWork.Scope call = TaskWork.EnterSystemCall();
        ThrowIfNotFrozen(Orchestrator.Reboot(() =>
        {
            var handover = new ProcessHandover(
                memory.Descriptor,
                Machine.Memory.BaseAddress.Value,
                Machine.Memory.Size,
                KexecHandover?.Root ?? PhysicalAddress.Null,
                new KexecTimeline(started, Stopwatch.GetTimestamp(), 0));
            environment.Add(Encoding.UTF8.GetBytes(handover.ToVariable()));
            memory.SetCloseOnExec(false);
            try
            {
                throw ProcessImage.Execute(program, arguments, environment);
            }
            finally
            {
                memory.SetCloseOnExec(true);
            }
        }));
        throw new UnreachableException("The jump into the next program came back without an error.");
    }

    private void ThrowIfLossy(PreflightReport report)
    {
        _events.Report(new PreflightEvent(Stopwatch.GetTimestamp(), report));
        if (report.HasLosses)
            throw new PreflightException(report);
    }

    private void Register(ILiveUpdateFileHandler handler)
    {
        int result = Orchestrator.RegisterFileHandler(handler);
        if (result != 0)
        {
            var errno = (Errno)(-result);
            string compatible = Encoding.UTF8.GetString(handler.Compatible);
            throw new ErrnoException(errno, errno switch
            {
                Errno.EOPNOTSUPP => $"The handler \"{compatible}\" can't be registered: live update is off in this kernel.",
                Errno.EEXIST => $"The handler \"{compatible}\" can't be registered: there is one of that compatible string already.",
                Errno.EINVAL => $"The handler \"{compatible}\" can't be registered: it lacks {FileHandlerCallbacks.Required & ~handler.Callbacks}.",
                Errno.EBUSY => $"The handler \"{compatible}\" can't be registered: there are sessions, and {Profile} wants all handlers before the device is opened.",
                Errno.EAGAIN => $"The handler \"{compatible}\" can't be registered: its module {handler.Owner?.Name} is going away.",
                _ => $"The handler \"{compatible}\" can't be registered ({errno}).",
            });
        }
    }

    private void RegisterOlder(ILiveUpdateFileHandler handler, RetrieveOnlyHandler[] older, ILiveUpdateFlb[] flbs)
    {
        int registered = 0;
        try
        {
            for (; registered < older.Length; registered++)
            {
                Register(older[registered]);
                RegisterFlbs(older[registered], flbs);
            }
        }
        catch
        {
            // Without one of them, a session with one of its files would keep the whole restore from working.
            while (registered > 0)
                _ = Unregister(older[--registered], flbs, flbs.Length);
            _ = Unregister(handler, flbs, flbs.Length);
            throw;
        }
    }

    private void RegisterFlbs(ILiveUpdateFileHandler handler, ILiveUpdateFlb[] flbs)
    {
        int linked = 0;
        try
        {
            for (; linked < flbs.Length; linked++)
                RegisterFlb(handler, flbs[linked]);
        }
        catch
        {
            // Without one of them, the handler's files would be preserved without what they depend on.
            _ = Unregister(handler, flbs, linked);
            throw;
        }
    }

    /// <summary>Unlinks the first FLBs of a handler and unregisters it: all or nothing.</summary>
    private int Unregister(ILiveUpdateFileHandler handler, ILiveUpdateFlb[] flbs, int linked)
    {
        int result = 0;
        int left = linked;
        while (left > 0 && result == 0)
            result = Orchestrator.UnregisterFlb(handler, flbs[--left]);
        if (result == 0)
            result = Orchestrator.UnregisterFileHandler(handler);
        // Only an older kernel refuses: because of a session, before anything was unlinked, or because of a link that somebody else made.
        for (; result != 0 && left < linked; left++)
            _ = Orchestrator.RegisterFlb(handler, flbs[left]);
        return result;
    }

    private static FlbLease<TObject> CreateLease<TObject>(ILiveUpdateFlb flb, object? liveObject, Action<ILiveUpdateFlb> put)
        where TObject : class
    {
        if (liveObject is null or TObject)
            return new FlbLease<TObject>(flb, (TObject?)liveObject, put);
        put(flb);
        throw new InvalidCastException(
            $"The object of the FLB \"{Encoding.UTF8.GetString(flb.Compatible)}\" is a {liveObject.GetType().Name}, not a {typeof(TObject).Name}.");
    }

    private static void ThrowIfNotGot(int result, ILiveUpdateFlb flb)
    {
        if (result != 0)
        {
            var errno = (Errno)Math.Abs(result);
            throw new ErrnoException(errno, $"The FLB \"{Encoding.UTF8.GetString(flb.Compatible)}\" " + errno switch
            {
                Errno.EOPNOTSUPP => "is not there: live update is off, or this kernel has no FLBs.",
                Errno.ENOENT => "is not there: no file that depends on it is preserved, or was handed over.",
                Errno.ENODATA => "is not there: nothing was handed over, or its last file is finished.",
                Errno.ENODEV => "can't be used: its module is going away.",
                _ => $"could not be retrieved ({errno}); that is final since 7.2.",
            });
        }
    }

    private void ThrowIfNotFrozen(int result)
    {
        if (result != 0)
        {
            var errno = (Errno)(-result);
            throw new ErrnoException(errno, Profile.FinalizesKho && errno == Errno.EAGAIN
                ? "The live update did not happen (EAGAIN): a file could not be frozen, and all are thawed; or the preserved memory could not be made final, and all stay frozen. A retry is fine."
                : $"The live update did not happen: a file could not be frozen ({errno}). All files are thawed, and a retry is fine.");
        }
    }

    /// <summary>This kernel is gone; its memory is the next one's.</summary>
    internal void Retire()
    {
        _isReplaced = true;
        Pages.Retire();
    }
}
