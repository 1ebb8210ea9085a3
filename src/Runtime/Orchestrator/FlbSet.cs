using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator.Events;
using LuoHandlers.Orchestrator.Formats;

namespace LuoHandlers.Orchestrator;

/// <summary>
/// All FLBs of a kernel (<c>kernel/liveupdate/luo_flb.c</c>): which handlers they are linked to, and how many files and users keep them alive.
/// </summary>
internal sealed class FlbSet(KexecHandover kho, CallbackInvoker callbacks, EventStream events, FaultInjection faults, KhoRange? incomingPage)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ILiveUpdateFlb, FlbState> _states = new(ReferenceEqualityComparer.Instance);

    /// <summary>The linked FLBs, in the order of their first link.</summary>
    private readonly List<FlbState> _registered = [];

    public int Register(RegisteredHandler handler, ILiveUpdateFlb flb)
    {
        lock (_lock)
        {
            if ((flb.Callbacks & FlbCallbacks.Required) != FlbCallbacks.Required)
                return Refuse(flb, "lacks a callback; preserve, unpreserve, retrieve and finish are all needed");
            if (!handler.WasRegistered)
                return Refuse(flb, $"can't be linked to \"{handler.Name}\", which is not registered; register the handler first");
            if (faults.ShouldFail(FaultPoint.KernelAllocation))
                return -(int)Errno.ENOMEM;
            FlbState state = GetState(flb);
            if (handler.Flbs.Contains(state))
                return -(int)Errno.EEXIST;
            if (state.LinkCount == 0)
            {
                if (_registered.Count == FlbPage.Capacity)
                    return -(int)Errno.ENOSPC;
                if (_registered.Exists(other => other.Compatible == state.Compatible))
                    return -(int)Errno.EEXIST;
                _registered.Add(state);
            }
            state.LinkCount++;
            handler.Flbs = [.. handler.Flbs, state];
            return 0;
        }
    }

    public int Unregister(RegisteredHandler handler, ILiveUpdateFlb flb)
    {
        lock (_lock)
        {
            FlbState state = GetState(flb);
            if (!handler.Flbs.Contains(state))
            {
                events.Warn(
                    KernelWarningKind.Warning,
                    $"The FLB \"{state.Compatible}\" is unregistered from \"{handler.Name}\", which it is not linked to. Nothing happens.");
                return 0;
            }
            RemoveLink(handler, state);
            return 0;
        }
    }

    public void UnregisterAll(RegisteredHandler handler)
    {
        lock (_lock)
        {
            foreach (FlbState state in handler.Flbs)
                RemoveLink(handler, state);
        }
    }

    /// <summary>A file of a handler is about to be preserved: all FLBs of the handler are, in order, or none.</summary>
    public int PreserveAll(FlbState[] flbs)
    {
        for (int i = 0; i < flbs.Length; i++)
        {
            int result = Preserve(flbs[i]);
            if (result == 0)
                continue;
            for (int k = i - 1; k >= 0; k--)
                PutOutgoing(flbs[k]);
            return result;
        }
        return 0;
    }

    /// <summary>A file of a handler is no longer preserved.</summary>
    public void UnpreserveAll(FlbState[] flbs)
    {
        for (int i = flbs.Length - 1; i >= 0; i--)
            PutOutgoing(flbs[i]);
    }

    /// <summary>An incoming file of a handler is finished.</summary>
    public void FinishAll(FlbState[] flbs)
    {
        for (int i = flbs.Length - 1; i >= 0; i--)
            PutIncoming(flbs[i]);
    }

    public int GetOutgoing(ILiveUpdateFlb flb, out object? liveObject)
    {
        FlbState state = FindState(flb);
        FlbState.OutgoingSide side = state.Outgoing;
        lock (Enter(side.Lock, state))
        {
            liveObject = side.Object;
            if (liveObject is null)
                return -(int)Errno.ENOENT;
            Increment(ref side.Count, state, "outgoing");
            return 0;
        }
    }

    public void PutOutgoing(ILiveUpdateFlb flb) => PutOutgoing(FindState(flb));

    public int GetIncoming(ILiveUpdateFlb flb, out object? liveObject)
    {
        FlbState state = FindState(flb);
        FlbState.IncomingSide side = state.Incoming;
        lock (Enter(side.Lock, state))
        {
            liveObject = null;
            if (!side.IsRetrieved || side.IsFinished)
            {
                int result = Retrieve(state);
                if (result != 0)
                    return result;
            }
            Increment(ref side.Count, state, "incoming");
            liveObject = side.Object;
            return 0;
        }
    }

    public void PutIncoming(ILiveUpdateFlb flb) => PutIncoming(FindState(flb));

    /// <summary>The entries to hand over: all linked FLBs that anything keeps alive.</summary>
    public IReadOnlyList<FlbEntry> Serialize()
    {
        lock (_lock)
        {
            var entries = new List<FlbEntry>();
            foreach (FlbState state in _registered)
            {
                if (!state.Outgoing.Count.IsZero)
                    entries.Add(new FlbEntry(state.Compatible, state.Outgoing.SerializedData, state.Outgoing.Count.Value));
            }
            return entries;
        }
    }

    private static Lock Enter(Lock sideLock, FlbState state) => sideLock.IsHeldByCurrentThread
        ? throw new LockRecursionException($"The FLB \"{state.Compatible}\" is used from its own callback, on the side that the callback works on: Linux would deadlock.")
        : sideLock;

    private int Preserve(FlbState state)
    {
        FlbState.OutgoingSide side = state.Outgoing;
        lock (Enter(side.Lock, state))
        {
            if (!side.Count.IsZero)
            {
                Increment(ref side.Count, state, "outgoing");
                return 0;
            }
            if (state.Flb.Owner is { } owner && !owner.TryGet())
                return -(int)Errno.ENODEV;
            LiveUpdateFlbOpArgs args = callbacks.Arguments(state, 0, null);
            int result = callbacks.Preserve(state, ref args);
            if (result != 0)
            {
                state.Flb.Owner?.Put();
                return result;
            }
            side.SerializedData = args.SerializedData;
            side.Object = args.Object;
            side.Count.Set(1);
            return 0;
        }
    }

    private void PutOutgoing(FlbState state)
    {
        FlbState.OutgoingSide side = state.Outgoing;
        lock (Enter(side.Lock, state))
        {
            bool wasAlive = !side.Count.IsZero;
            if (!side.Count.Decrement(out bool isLast))
            {
                WarnStuck(state, "outgoing");
                if (!wasAlive)
                {
                    events.Mistake(
                        KernelMistake.FlbLinkedLate,
                        $"A file that the FLB \"{state.Compatible}\" was linked too late for gave up its count. The FLB is never unpreserved, and its stuck count is handed over.");
                }
                return;
            }
            if (!isLast)
                return;
            LiveUpdateFlbOpArgs args = callbacks.Arguments(state, side.SerializedData, side.Object);
            callbacks.Unpreserve(state, ref args);
            side.SerializedData = 0;
            side.Object = null;
            state.Flb.Owner?.Put();
        }
    }

    private void PutIncoming(FlbState state)
    {
        FlbState.IncomingSide side = state.Incoming;
        lock (Enter(side.Lock, state))
        {
            bool wasAlive = !side.Count.IsZero;
            if (!side.Count.Decrement(out bool isLast))
            {
                WarnStuck(state, "incoming");
                if (!wasAlive && !side.IsRetrieved)
                {
                    events.Mistake(
                        KernelMistake.FlbFinishedUnasked,
                        $"A file of the FLB \"{state.Compatible}\" was finished, but nobody has asked for the FLB. It is never finished: get it (GetIncoming) before the first finish, e.g. in retrieve.");
                }
                return;
            }
            if (!isLast)
                return;
            if (!side.IsRetrieved || side.IsFinished)
            {
                int result = Retrieve(state);
                if (result != 0)
                {
                    events.Warn(KernelWarningKind.WarnOn, $"The FLB \"{state.Compatible}\" can't be retrieved for its finish ({result}): it is not finished.");
                    return;
                }
            }
            LiveUpdateFlbOpArgs args = callbacks.Arguments(state, 0, side.Object);
            callbacks.Finish(state, ref args);
            side.Object = null;
            side.IsFinished = true;
            state.Flb.Owner?.Put();
        }
    }

    /// <summary>Retrieves an FLB, and loads its count from what was handed over: as often as it is tried.</summary>
    private int Retrieve(FlbState state)
    {
        FlbState.IncomingSide side = state.Incoming;
        if (side.IsFinished)
            return -(int)Errno.ENODATA;
        if (side.Error != 0)
            return side.Error;
        if (incomingPage is not { } page)
            return -(int)Errno.ENODATA;
        if (!FlbPage.TryFind(kho, page, state.Compatible, out FlbEntry entry))
            return -(int)Errno.ENOENT;
        if (!side.Count.IsZero && side.Count.Value > int.MaxValue)
        {
            events.Mistake(
                KernelMistake.FlbCountLoadedLate,
                $"The FLB \"{state.Compatible}\" is first asked for after files of it were finished: its count starts again at {entry.Count}, and it is never finished.");
        }
        side.Count.Set((uint)entry.Count);
        if (state.Flb.Owner is { } owner && !owner.TryGet())
            return -(int)Errno.ENODEV;
        LiveUpdateFlbOpArgs args = callbacks.Arguments(state, entry.Data, null);
        int result = callbacks.Retrieve(state, ref args);
        if (result != 0)
        {
            state.Flb.Owner?.Put();
            side.Error = result;
            return result;
        }
        side.Object = args.Object;
        side.IsRetrieved = true;
        return 0;
    }

    private void Increment(ref KernelRefcount count, FlbState state, string side)
    {
        if (!count.Increment())
            WarnStuck(state, side);
    }

    private void WarnStuck(FlbState state, string side) => events.Warn(
        KernelWarningKind.Refcount,
        $"The {side} count of the FLB \"{state.Compatible}\" went below zero, or up from it, and is stuck: the FLB is never released.");

    private int Refuse(ILiveUpdateFlb flb, string reason)
    {
        events.Warn(KernelWarningKind.WarnOn, $"The FLB \"{CompatibleString.FromHandler(flb.Compatible)}\" {reason}.");
        return -(int)Errno.EINVAL;
    }

    private void RemoveLink(RegisteredHandler handler, FlbState state)
    {
        handler.Flbs = [.. handler.Flbs.Where(other => other != state)];
        if (--state.LinkCount == 0)
            _registered.Remove(state);
    }

    private FlbState FindState(ILiveUpdateFlb flb)
    {
        lock (_lock)
            return GetState(flb);
    }

    private FlbState GetState(ILiveUpdateFlb flb)
    {
        if (!_states.TryGetValue(flb, out FlbState? state))
            _states.Add(flb, state = new FlbState(flb));
        return state;
    }
}
