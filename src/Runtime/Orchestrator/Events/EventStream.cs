using System.Diagnostics;
using LuoHandlers.Vfs;

namespace LuoHandlers.Orchestrator.Events;

/// <summary>
/// Where the parts of a kernel report what happens. Nothing is allocated while nobody listens. What a listener throws reaches the caller at the
/// end of the system call, so that it interrupts nothing.
/// </summary>
internal sealed class EventStream
{
    public event Action<LuoEvent>? Raised;

    public bool HasListener => Raised is not null;

    public void Warn(KernelWarningKind kind, string message)
    {
        if (HasListener)
            Raise(new KernelWarningEvent(Stopwatch.GetTimestamp(), kind, message));
    }

    public void Mistake(KernelMistake mistake, string message)
    {
        if (HasListener)
            Raise(new KernelMistakeEvent(Stopwatch.GetTimestamp(), mistake, message));
    }

    public void BadEntry(string? session, ulong? token, string message) =>
        Raised?.Invoke(new BadEntryEvent(Stopwatch.GetTimestamp(), session, token, message));

    public void Callback(string callback, string compatible, ulong? token, int result, long started)
    {
        if (HasListener)
        {
            long now = Stopwatch.GetTimestamp();
            Raise(new CallbackEvent(now, callback, compatible, token, result, Stopwatch.GetElapsedTime(started, now)));
        }
    }

    public void Operation(string operation, string? session, ulong? token, int result)
    {
        if (HasListener)
            Raise(new OperationEvent(Stopwatch.GetTimestamp(), operation, session, token, result));
    }

    private void Raise(LuoEvent raised)
    {
        try
        {
            Raised?.Invoke(raised);
        }
        catch (Exception e) when (TaskWork.TryDefer(e))
        {
        }
    }
}
