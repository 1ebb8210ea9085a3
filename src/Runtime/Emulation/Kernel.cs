using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
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

    internal Kernel(Machine machine, BootOptions options, PhysicalAddress incomingRoot)
    {
        Machine = machine;
        Profile = machine.Options.Kernel;
        Faults = options.Faults ?? new FaultInjection();
        _descriptors = new DescriptorTable(options.DescriptorLimit);
        Pages = new PageAllocator(machine.Memory);
        _events.Raised += _bootEvents.Add;
        if (options.KexecHandover)
        {
            KexecHandover = new KexecHandover(Pages, Profile.Kho, Profile.Release, incomingRoot, Faults);
            if (KexecHandover.IncomingFault is { } fault)
                _events.Warn(KernelWarningKind.Warning, fault);
        }
        Orchestrator = new LiveUpdateOrchestrator(Profile, KexecHandover, options.LiveUpdate, Faults, _events);
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

    /// <summary>Whether a live update has replaced this kernel: nothing works any more.</summary>
    public bool IsReplaced { get; private set; }

    /// <summary>Registers a file handler.</summary>
    /// <param name="handler">The handler.</param>
    /// <exception cref="ErrnoException"><see cref="Errno.EOPNOTSUPP"/>: live update is off. <see cref="Errno.EINVAL"/>: a required callback is
    /// missing. <see cref="Errno.EEXIST"/>: the compatible string is taken.</exception>
    public void RegisterFileHandler(ILiveUpdateFileHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
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
                _ => $"The handler \"{compatible}\" can't be registered ({errno}).",
            });
        }
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
    public int OpenFile(Func<LuoFile> open, bool pathOnly = false)
    {
        ArgumentNullException.ThrowIfNull(open);
        using TaskWork.Scope call = TaskWork.EnterSystemCall();
        if (!_descriptors.TryReserve(out int descriptor))
            return -(int)Errno.EMFILE;
        LuoFile file;
        try
        {
            file = open();
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
        int result = file is IoctlFile target ? target.Ioctl(request, argument) : -(int)Errno.ENOTTY;
        file.Put();
        return result;
    }

    /// <summary>
    /// Reboots into the next kernel (kexec): freezes and writes all that is handed over. After success this kernel is gone;
    /// <see cref="Machine.Boot"/> boots the next one.
    /// </summary>
    /// <returns>0, or the negative errno of the freeze that failed: then all is as before.</returns>
    public int Reboot()
    {
        int result = PrepareReboot();
        if (result == 0)
        {
            Machine.HandOver(KexecHandover?.Root ?? PhysicalAddress.Null);
            Retire();
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

    /// <summary>
    /// Replaces this kernel and the whole program by a real <c>execve</c>: same pid, the memory stays where it is, nothing is copied, descriptors
    /// of .NET are closed. The next program goes on with <see cref="Machine.Open"/>. Returns never; if it can't be done, all is as before.
    /// </summary>
    /// <param name="options">The next program; null: the running one, with its arguments and the environment as it is now.</param>
    /// <exception cref="PlatformNotSupportedException">There is no <c>execve</c> here: use <see cref="Kexec"/>.</exception>
    /// <exception cref="ErrnoException">A handler could not freeze its file, or the next program can't be executed
    /// (<see cref="Errno.ENOENT"/>, <see cref="Errno.EACCES"/>, <see cref="Errno.ENOEXEC"/>, <see cref="Errno.E2BIG"/>, <see cref="Errno.ENOMEM"/>):
    /// this kernel goes on, all files are thawed, and a retry is fine.</exception>
    [DoesNotReturn]
    public void KexecProcess(KexecProcessOptions? options = null)
    {
        if (Machine.Memory.File is not { } memory)
            throw new PlatformNotSupportedException("A program can be replaced only on Linux; Kexec does the same in this process.");
        options ??= new KexecProcessOptions();
        (byte[] program, byte[][] arguments) = ProcessImage.Current();
        if (options.Program is { } next)
        {
            ProcessImage.CheckExecutable(next);
            program = Encoding.UTF8.GetBytes(next);
            arguments = [program];
        }
        if (options.Arguments is { } given)
            arguments = [arguments[0], .. given.Select(Encoding.UTF8.GetBytes)];
        List<byte[]> environment = ProcessImage.CurrentEnvironment();

        memory.DropMappings();
        long started = Stopwatch.GetTimestamp();
        ThrowIfNotFrozen(PrepareReboot());
        // From here on the files are frozen: whatever fails, they are thawed again.
        try
        {
            var handover = new ProcessHandover(
                memory.Descriptor,
                Machine.Memory.BaseAddress.Value,
                Machine.Memory.Size,
                KexecHandover?.Root ?? PhysicalAddress.Null,
                new KexecTimeline(started, Stopwatch.GetTimestamp(), 0));
            environment.Add(Encoding.UTF8.GetBytes(handover.ToVariable()));
            memory.SetCloseOnExec(false);
            ErrnoException error = ProcessImage.Execute(program, arguments, environment);
            memory.SetCloseOnExec(true);
            throw error;
        }
        catch
        {
            Orchestrator.CancelReboot();
            throw;
        }
    }

    private int PrepareReboot()
    {
        using TaskWork.Scope call = TaskWork.EnterSystemCall();
        return Orchestrator.Reboot();
    }

    private static void ThrowIfNotFrozen(int result)
    {
        if (result != 0)
        {
            throw new ErrnoException(
                (Errno)(-result),
                $"The live update did not happen: a file could not be frozen ({(Errno)(-result)}). All files are thawed, and a retry is fine.");
        }
    }

    /// <summary>This kernel is gone; its memory is the next one's.</summary>
    internal void Retire()
    {
        IsReplaced = true;
        Pages.Retire();
    }
}
