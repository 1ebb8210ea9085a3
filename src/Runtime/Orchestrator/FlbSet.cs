using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator.Events;
using LuoHandlers.Orchestrator.Formats;

namespace LuoHandlers.Orchestrator;

/// <summary>
/// All FLBs of a kernel (<c>kernel/liveupdate/luo_flb.c</c>): which handlers they are linked to, and what keeps them alive. Kernels differ in how
/// they count.
/// </summary>
internal abstract class FlbSet(
    KexecHandover kho,
    CallbackInvoker callbacks,
    EventStream events,
    FaultInjection faults,
    RegistrationLock registrations,
    KhoRange? incomingPage)
{
    private readonly Dictionary<ILiveUpdateFlb, FlbState> _states = new(ReferenceEqualityComparer.Instance);

    /// <summary>The linked FLBs, in the order of their first link. Guarded by <see cref="Lock"/>.</summary>
    private readonly List<FlbState> _registered = [];

    /// <summary>Guards the links.</summary>
    protected Lock Lock { get; } = new();

    protected CallbackInvoker Callbacks { get; } = callbacks;

    protected EventStream Events { get; } = events;

    public int Register(RegisteredHandler handler, ILiveUpdateFlb flb, bool areSessionsOpen)
    {
        lock (Lock)
        {
            if ((flb.Callbacks & FlbCallbacks.Required) != FlbCallbacks.Required)
                return Refuse(flb, "lacks a callback; preserve, unpreserve, retrieve and finish are all needed");
            if (!handler.WasRegistered)
                return Refuse(flb, $"can't be linked to \"{handler.Name}\", which is not registered; register the handler first");
            if (faults.ShouldFail(FaultPoint.KernelAllocation))
                return -(int)Errno.ENOMEM;
            if (areSessionsOpen)
                return -(int)Errno.EBUSY;
            FlbState state = GetState(flb);
            if (Array.IndexOf(handler.Flbs, state) >= 0)
                return -(int)Errno.EEXIST;
            if (state.LinkCount == 0)
            {
                if (_registered.Count == FlbPage.Capacity)
                    return -(int)Errno.ENOSPC;
                if (_registered.Exists(other => other.Compatible == state.Compatible))
                    return -(int)Errno.EEXIST;
                int result = Pin(state);
                if (result != 0)
                    return result;
                _registered.Add(state);
            }
            state.LinkCount++;
            handler.Flbs = [.. handler.Flbs, state];
            return 0;
        }
    }

    public int Unregister(RegisteredHandler handler, ILiveUpdateFlb flb)
    {
        lock (Lock)
        {
            FlbState state = GetState(flb);
            if (Array.IndexOf(handler.Flbs, state) < 0)
                return ReportUnknownLink(handler, state);
            RemoveLink(handler, state);
            return 0;
        }
    }

    public void UnregisterAll(RegisteredHandler handler)
    {
        lock (Lock)
        {
            foreach (FlbState state in handler.Flbs)
                RemoveLink(handler, state);
        }
    }

    /// <summary>A file of a handler is about to be preserved: all FLBs of the handler are, in order, or none.</summary>
    public int PreserveAll(FlbState[] flbs)
    {
        using RegistrationLock.ReadScope registration = registrations.EnterRead();
        int preserved = 0;
        try
        {
            for (; preserved < flbs.Length; preserved++)
            {
                int result = Preserve(flbs[preserved]);
                if (result != 0)
                    return result;
            }
            return 0;
        }
        finally
        {
            if (preserved < flbs.Length)
            {
                while (--preserved >= 0)
                    PutOutgoing(flbs[preserved]);
            }
        }
    }

    /// <summary>A file of a handler is no longer preserved.</summary>
    public void UnpreserveAll(FlbState[] flbs)
    {
        using RegistrationLock.ReadScope registration = registrations.EnterRead();
        for (int i = flbs.Length - 1; i >= 0; i--)
            PutOutgoing(flbs[i]);
    }

    /// <summary>A file of a handler is finished.</summary>
    public void FinishAll(FlbState[] flbs)
    {
        using RegistrationLock.ReadScope registration = registrations.EnterRead();
        for (int i = flbs.Length - 1; i >= 0; i--)
            PutIncoming(flbs[i]);
    }

    public int GetOutgoing(ILiveUpdateFlb flb, out object? liveObject) => GetOutgoing(FindState(flb), out liveObject);

    public void PutOutgoing(ILiveUpdateFlb flb) => PutOutgoing(FindState(flb));

    public int GetIncoming(ILiveUpdateFlb flb, out object? liveObject) => GetIncoming(FindState(flb), out liveObject);

    public void PutIncoming(ILiveUpdateFlb flb) => PutIncoming(FindState(flb));

    /// <summary>The entries to hand over: all linked FLBs that anything keeps alive.</summary>
    public IReadOnlyList<FlbEntry> Serialize()
    {
        lock (Lock)
            return [.. _registered.Where(IsHandedOver).Select(CreateEntry)];
    }

    protected abstract int GetOutgoing(FlbState state, out object? liveObject);

    protected abstract int GetIncoming(FlbState state, out object? liveObject);

    /// <summary>One more file depends on the FLB.</summary>
    protected abstract int Preserve(FlbState state);

    /// <summary>One file or user less depends on what this kernel preserves.</summary>
    protected abstract void PutOutgoing(FlbState state);

    /// <summary>One file or user less depends on what the previous kernel preserved.</summary>
    protected abstract void PutIncoming(FlbState state);

    protected abstract bool IsHandedOver(FlbState state);

    protected abstract FlbEntry CreateEntry(FlbState state);

    /// <summary>The FLB gets its first link.</summary>
    protected virtual int Pin(FlbState state) => 0;

    /// <summary>The FLB lost its last link.</summary>
    protected virtual void Unpin(FlbState state)
    {
    }

    protected abstract int ReportUnknownLink(RegisteredHandler handler, FlbState state);

    /// <exception cref="LockRecursionException">A callback of the incoming side of one of these FLBs is on its way here.</exception>
    public static void ThrowIfFinishIsNested(FlbState[] flbs)
    {
        foreach (FlbState state in flbs)
            _ = Enter(state.Incoming.Lock, state);
    }

    protected static Lock Enter(Lock sideLock, FlbState state) => sideLock.IsHeldByCurrentThread
        ? throw new LockRecursionException($"The FLB \"{state.Compatible}\" is used from its own callback, on the side that the callback works on: Linux would deadlock.")
        : sideLock;

    /// <summary>Looks an FLB up in what was handed over.</summary>
    /// <returns>0, or negative ENODATA: nothing was handed over; ENOENT: this FLB was not.</returns>
    protected int FindIncoming(FlbState state, out FlbEntry entry)
    {
        entry = default;
        if (incomingPage is not { } page)
            return -(int)Errno.ENODATA;
        return FlbPage.TryFind(kho, page, state.Compatible, out entry) ? 0 : -(int)Errno.ENOENT;
    }

    private int Refuse(ILiveUpdateFlb flb, string reason)
    {
        Events.Warn(KernelWarningKind.WarnOn, $"The FLB \"{CompatibleString.FromHandler(flb.Compatible)}\" {reason}.");
        return -(int)Errno.EINVAL;
    }

    private void RemoveLink(RegisteredHandler handler, FlbState state)
    {
        handler.Flbs = [.. handler.Flbs.Where(other => other != state)];
        if (--state.LinkCount == 0)
        {
            _registered.Remove(state);
            Unpin(state);
        }
    }

    private FlbState FindState(ILiveUpdateFlb flb)
    {
        lock (Lock)
            return GetState(flb);
    }

    private FlbState GetState(ILiveUpdateFlb flb)
    {
        if (!_states.TryGetValue(flb, out FlbState? state))
            _states.Add(flb, state = new FlbState(flb));
        return state;
    }
}
