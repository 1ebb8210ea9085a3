using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LuoHandlers.Orchestrator.Events;

/// <summary>What OpenTelemetry and the like can see: an activity source and a meter, both named <c>LuoHandlers</c>.</summary>
internal static class Telemetry
{
    private const string Name = "LuoHandlers";

    private static readonly ActivitySource Activities = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> CallbackDuration = Meter.CreateHistogram<double>(
        "luo.callback.duration", "ms", "How long callbacks of handlers and FLBs take.");

    private static readonly Counter<long> Operations = Meter.CreateCounter<long>(
        "luo.operations", "{operation}", "Operations of LUO, by what came of them.");

    private static readonly Counter<long> Warnings = Meter.CreateCounter<long>(
        "luo.warnings", "{warning}", "Complaints of the kernel, by kind.");

    /// <summary>Whether anybody wants to know how long callbacks take.</summary>
    public static bool MeasuresCallbacks => CallbackDuration.Enabled || Activities.HasListeners();

    public static Activity? StartReboot() => Activities.StartActivity("luo.reboot");

    public static void RecordCallback(string callback, string compatible, ulong? token, int result, long started, long ended)
    {
        TimeSpan duration = Stopwatch.GetElapsedTime(started, ended);
        if (CallbackDuration.Enabled)
        {
            CallbackDuration.Record(
                duration.TotalMilliseconds,
                new KeyValuePair<string, object?>("luo.callback", callback),
                new KeyValuePair<string, object?>("luo.compatible", compatible));
        }
        if (!Activities.HasListeners())
            return;
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using Activity? activity = Activities.StartActivity($"luo.{callback}", ActivityKind.Internal, parentContext: default, startTime: now - duration);
        activity?.SetTag("luo.compatible", compatible).SetTag("luo.result", result).SetEndTime(now.UtcDateTime);
        if (token is { } number)
            activity?.SetTag("luo.token", number);
    }

    public static void RecordOperation(string operation, int result)
    {
        if (Operations.Enabled)
        {
            Operations.Add(
                1,
                new KeyValuePair<string, object?>("luo.operation", operation),
                new KeyValuePair<string, object?>("luo.result", result));
        }
    }

    public static void RecordWarning(KernelWarningKind kind)
    {
        if (Warnings.Enabled)
            Warnings.Add(1, new KeyValuePair<string, object?>("luo.kind", kind.ToString()));
    }
}
