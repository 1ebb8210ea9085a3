using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator.Events;
using LuoHandlers.Orchestrator.Formats;

namespace LuoHandlers.Orchestrator;

/// <summary>
/// FLBs by <see cref="Profiles.FlbRules.Counted"/>: reference counts of files and users, which stick when they go wrong; the object pins the module
/// while it lives, and a failed retrieve is final.
/// </summary>
internal sealed class CountedFlbs(
    KexecHandover kho,
    CallbackInvoker callbacks,
    EventStream events,
    FaultInjection faults,
    RegistrationLock registrations,
    KhoRange? incomingPage)
    : FlbSet(kho, callbacks, events, faults, registrations, incomingPage)
{
    protected override int GetOutgoing(FlbState state, out object? liveObject)
    {
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

    protected override int GetIncoming(FlbState state, out object? liveObject)
    {
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

    protected override int Preserve(FlbState state)
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
            LiveUpdateFlbOpArgs args = Callbacks.Arguments(state, 0, null);
            int result = Callbacks.Preserve(state, ref args);
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

    protected override void PutOutgoing(FlbState state)
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
                    Events.Mistake(
                        KernelMistake.FlbLinkedLate,
                        $"A file that the FLB \"{state.Compatible}\" was linked too late for gave up its count. The FLB is never unpreserved, and its stuck count is handed over.");
                }
                return;
            }
            if (!isLast)
                return;
            LiveUpdateFlbOpArgs args = Callbacks.Arguments(state, side.SerializedData, side.Object);
            Callbacks.Unpreserve(state, ref args);
            side.SerializedData = 0;
            side.Object = null;
            state.Flb.Owner?.Put();
        }
    }

    protected override void PutIncoming(FlbState state)
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
                    Events.Mistake(
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
                    Events.Warn(KernelWarningKind.WarnOn, $"The FLB \"{state.Compatible}\" can't be retrieved for its finish ({(Errno)Math.Abs(result)}): it is not finished.");
                    return;
                }
            }
            LiveUpdateFlbOpArgs args = Callbacks.Arguments(state, 0, side.Object);
            Callbacks.Finish(state, ref args);
            side.Object = null;
            side.IsFinished = true;
            state.Flb.Owner?.Put();
        }
    }

    protected override bool IsHandedOver(FlbState state) => !state.Outgoing.Count.IsZero;

    protected override FlbEntry CreateEntry(FlbState state) => new(state.Compatible, state.Outgoing.SerializedData, state.Outgoing.Count.Value);

    protected override int ReportUnknownLink(RegisteredHandler handler, FlbState state)
    {
        Events.Warn(
            KernelWarningKind.Warning,
            $"The FLB \"{state.Compatible}\" is unregistered from \"{handler.Name}\", which it is not linked to. Nothing happens.");
        return 0;
    }

    /// <summary>Retrieves an FLB, and loads its count from what was handed over: as often as it is tried.</summary>
    private int Retrieve(FlbState state)
    {
        FlbState.IncomingSide side = state.Incoming;
        if (side.IsFinished)
            return -(int)Errno.ENODATA;
        if (side.Error != 0)
            return side.Error;
        int found = FindIncoming(state, out FlbEntry entry);
        if (found != 0)
            return found;
        if (!side.Count.IsZero && side.Count.Value > int.MaxValue)
        {
            Events.Mistake(
                KernelMistake.FlbCountLoadedLate,
                $"The FLB \"{state.Compatible}\" is first asked for after files of it were finished: its count starts again at {entry.Count}, and it is never finished.");
        }
        side.Count.Set((uint)entry.Count);
        if (state.Flb.Owner is { } owner && !owner.TryGet())
            return -(int)Errno.ENODEV;
        LiveUpdateFlbOpArgs args = Callbacks.Arguments(state, entry.Data, null);
        int result = Callbacks.Retrieve(state, ref args);
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

    private void WarnStuck(FlbState state, string side) => Events.Warn(
        KernelWarningKind.Refcount,
        $"The {side} count of the FLB \"{state.Compatible}\" went below zero, or up from it, and is stuck: the FLB is never released.");
}
