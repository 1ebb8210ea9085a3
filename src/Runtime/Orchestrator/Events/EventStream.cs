using System.Diagnostics;
using LuoHandlers.Vfs;

namespace LuoHandlers.Orchestrator.Events;

/// <summary>
/// Where the parts of a kernel report what happens. Nothing is measured or allocated while nobody listens. What a listener throws reaches the caller
/// at the end of the system call, so that it interrupts nothing.
/// </summary>
internal sealed class EventStream
{
    public event Action<LuoEvent>? Raised;

    public bool HasListener => Raised is not null;

    /// <summary>The time at which a callback begins; 0 if nobody wants to know how long it takes.</summary>
    public long StartCallback() => HasListener || Telemetry.MeasuresCallbacks ? Stopwatch.GetTimestamp() : 0;

    public void Callback(string callback, string compatible, ulong? token, int result, long started)
    {
        if (started == 0)
            return;
        long now = Stopwatch.GetTimestamp();
        Telemetry.RecordCallback(callback, compatible, token, result, started, now);
        if (HasListener)
            Raise(new CallbackEvent(now, callback, compatible, token, result, Stopwatch.GetElapsedTime(started, now)));
    }

    public void Operation(string operation, SessionName? session, ulong? token, int result)
    {
        Telemetry.RecordOperation(operation, result);
        if (HasListener)
            Raise(new OperationEvent(Stopwatch.GetTimestamp(), operation, session?.ToString(), token, result));
    }

    public void Warn(KernelWarningKind kind, string message)
    {
        Telemetry.RecordWarning(kind);
        if (HasListener)
            Raise(new KernelWarningEvent(Stopwatch.GetTimestamp(), kind, message));
    }

    public void Mistake(KernelMistake mistake, string message)
    {
        if (HasListener)
            Raise(new KernelMistakeEvent(Stopwatch.GetTimestamp(), mistake, message));
    }

    /// <summary>Reports what layers above know.</summary>
    public void Report(LuoEvent reported)
    {
        if (HasListener)
            Raise(reported);
    }

    public void BadEntry(string? session, ulong? token, string message)
    {
        if (HasListener)
            Raise(new BadEntryEvent(Stopwatch.GetTimestamp(), session, token, message));
    }

    private void Raise(LuoEvent raised)
    {
        try
        {
            Raised?.Invoke(raised);
        }
        catch (Exception e) when (TaskWork.TryDefer(e))
        {
            // It is thrown at the end of the system call.
        }
    }
}
