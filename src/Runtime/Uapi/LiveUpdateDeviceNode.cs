using LuoHandlers.Memory;
using LuoHandlers.Orchestrator;
using LuoHandlers.Orchestrator.Events;
using LuoHandlers.Orchestrator.Profiles;
using LuoHandlers.Vfs;

namespace LuoHandlers.Uapi;

/// <summary>The device node <c>/dev/liveupdate</c> of a kernel: open once at a time.</summary>
internal sealed class LiveUpdateDeviceNode(KernelProfile profile, LiveUpdateOrchestrator orchestrator, DescriptorTable descriptors, FaultInjection faults, EventStream events)
{
    private int _isOpen;

    public KernelProfile Profile { get; } = profile;

    public LiveUpdateOrchestrator Orchestrator { get; } = orchestrator;

    public DescriptorTable Descriptors { get; } = descriptors;

    public FaultInjection Faults { get; } = faults;

    /// <summary>Opens the device. The first time the sessions of the previous kernel are restored.</summary>
    /// <returns>A descriptor, or negative ENOENT: live update is off; EMFILE; EBUSY: it is open; EIO: the restore failed, now or earlier.</returns>
    public int Open()
    {
        if (!Orchestrator.IsEnabled)
            return -(int)Errno.ENOENT;
        if (!Descriptors.TryReserve(out int descriptor))
            return -(int)Errno.EMFILE;
        bool isTaken = false;
        try
        {
            int result = TakeOver();
            if (result != 0)
                return result;
            isTaken = true;
        }
        finally
        {
            if (!isTaken)
                Descriptors.CancelReservation(descriptor);
        }
        Descriptors.Install(descriptor, new DeviceFile(this));
        return descriptor;
    }

    /// <summary>Gets an incoming session and its file. The session counts as retrieved only if it has a file.</summary>
    public int RetrieveSession(SessionName name, out SessionFile? file)
    {
        file = null;
        int result = Orchestrator.RetrieveSession(name, () => !Faults.ShouldFail(FaultPoint.AnonymousFile), out Session? session);
        if (result == 0)
            file = new SessionFile(this, session!);
        return result;
    }

    public void Release() => Volatile.Write(ref _isOpen, 0);

    public void ReportLostSession(SessionFile file, uint request)
    {
        if (request == LiveUpdateIoctl.RetrieveSession)
        {
            events.Mistake(
                KernelMistake.SessionLostAtCopyOut,
                $"The retrieved session \"{file.Session.Name}\" can't be reported to user space (EFAULT): all of it is finished now, and lost.");
        }
    }

    private int TakeOver()
    {
        if (Interlocked.Exchange(ref _isOpen, 1) != 0)
            return -(int)Errno.EBUSY;
        bool isRestored = false;
        try
        {
            int result = Orchestrator.RestoreSessions();
            isRestored = result == 0;
            return result;
        }
        finally
        {
            if (!isRestored)
                Release();
        }
    }
}
