using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator.Events;
using LuoHandlers.Orchestrator.Formats;

namespace LuoHandlers.Orchestrator;

/// <summary>
/// FLBs by <see cref="Profiles.FlbRules.Pinned"/>: plain counts of files, compared with nothing; a get takes no reference; a link pins the module;
/// a failed retrieve is tried again.
/// </summary>
internal sealed class PinnedFlbs(
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
        lock (Enter(state.Outgoing.Lock, state))
            liveObject = state.Outgoing.Object;
        return 0;
    }

    protected override int GetIncoming(FlbState state, out object? liveObject)
    {
        lock (Enter(state.Incoming.Lock, state))
        {
            liveObject = null;
            int result = Retrieve(state);
            if (result == 0)
                liveObject = state.Incoming.Object;
            return result;
        }
    }

    protected override int Preserve(FlbState state)
    {
        FlbState.OutgoingSide side = state.Outgoing;
        lock (Enter(side.Lock, state))
        {
            if (side.PlainCount == 0)
            {
                LiveUpdateFlbOpArgs args = Callbacks.Arguments(state, 0, null);
                int result = Callbacks.Preserve(state, ref args);
                if (result != 0)
                    return result;
                side.SerializedData = args.SerializedData;
                side.Object = args.Object;
            }
            side.PlainCount++;
            return 0;
        }
    }

    protected override void PutOutgoing(FlbState state)
    {
        FlbState.OutgoingSide side = state.Outgoing;
        lock (Enter(side.Lock, state))
        {
            if (--side.PlainCount != 0)
                return;
            LiveUpdateFlbOpArgs args = Callbacks.Arguments(state, side.SerializedData, side.Object);
            Callbacks.Unpreserve(state, ref args);
            side.SerializedData = 0;
            side.Object = null;
        }
    }

    protected override void PutIncoming(FlbState state)
    {
        FlbState.IncomingSide side = state.Incoming;
        lock (Enter(side.Lock, state))
        {
            if (--side.PlainCount != 0)
            {
                if (side.PlainCount < 0 && !side.IsRetrieved)
                {
                    Events.Mistake(
                        KernelMistake.FlbFinishedUnasked,
                        $"A file of the FLB \"{state.Compatible}\" was finished, but nobody has asked for the FLB. It is never finished: get it (GetIncoming) before the first finish, e.g. in retrieve.");
                }
                return;
            }
            if (!side.IsRetrieved)
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
        }
    }

    protected override bool IsHandedOver(FlbState state) => state.Outgoing.PlainCount > 0;

    protected override FlbEntry CreateEntry(FlbState state) =>
        new(state.Compatible, state.Outgoing.SerializedData, (ulong)state.Outgoing.PlainCount);

    protected override int Pin(FlbState state) => state.Flb.Owner is { } owner && !owner.TryGet() ? -(int)Errno.EAGAIN : 0;

    protected override void Unpin(FlbState state) => state.Flb.Owner?.Put();

    protected override int ReportUnknownLink(RegisteredHandler handler, FlbState state) => -(int)Errno.ENOENT;

    /// <summary>Retrieves an FLB unless it was, and loads its count from what was handed over: as often as it is tried.</summary>
    private int Retrieve(FlbState state)
    {
        FlbState.IncomingSide side = state.Incoming;
        if (side.IsFinished)
            return -(int)Errno.ENODATA;
        if (side.IsRetrieved)
            return 0;
        int result = FindIncoming(state, out FlbEntry entry);
        if (result != 0)
            return result;
        if (side.PlainCount < 0)
        {
            Events.Mistake(
                KernelMistake.FlbCountLoadedLate,
                $"The FLB \"{state.Compatible}\" is first asked for after files of it were finished: its count starts again at {entry.Count}, and it is never finished.");
        }
        side.PlainCount = (long)entry.Count;
        LiveUpdateFlbOpArgs args = Callbacks.Arguments(state, entry.Data, null);
        result = Callbacks.Retrieve(state, ref args);
        if (result != 0)
            return result;
        side.Object = args.Object;
        side.IsRetrieved = true;
        return 0;
    }
}
