using System.Diagnostics;

namespace LuoHandlers.Orchestrator.Events;

/// <summary>Where the parts of a kernel report what happens. Nothing is allocated while nobody listens.</summary>
internal sealed class EventStream
{
    public event Action<LuoEvent>? Raised;

    public bool HasListener => Raised is not null;

    public void Warn(KernelWarningKind kind, string message) => Raised?.Invoke(new KernelWarningEvent(Stopwatch.GetTimestamp(), kind, message));

    public void Mistake(KernelMistake mistake, string message) => Raised?.Invoke(new KernelMistakeEvent(Stopwatch.GetTimestamp(), mistake, message));

    public void BadEntry(string? session, ulong? token, string message) =>
        Raised?.Invoke(new BadEntryEvent(Stopwatch.GetTimestamp(), session, token, message));

    public void Callback(string callback, string compatible, ulong? token, int result, long started)
    {
        if (Raised is { } raised)
        {
            long now = Stopwatch.GetTimestamp();
            raised(new CallbackEvent(now, callback, compatible, token, result, Stopwatch.GetElapsedTime(started, now)));
        }
    }

    public void Operation(string operation, string? session, ulong? token, int result) =>
        Raised?.Invoke(new OperationEvent(Stopwatch.GetTimestamp(), operation, session, token, result));
}
