using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using LuoHandlers.Emulation;
using LuoHandlers.Handlers;
using LuoHandlers.Runtime.Tests.Doubles;
using LuoHandlers.Uapi;
using Microsoft.Extensions.Logging;

namespace LuoHandlers.Runtime.Tests.Emulation;

/// <summary>What happens can be seen by the means of .NET. Other tests run at the same time: each looks for its own compatible string.</summary>
public sealed class TelemetryTests
{
    private static readonly string Compatible = $"telemetry-{Guid.NewGuid():N}-v1";

    [Fact]
    public void CallbacksAreActivities()
    {
        var activities = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "LuoHandlers",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activities.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        PreserveAndFail();

        string[] own = [.. activities.Where(activity => (string?)activity.GetTagItem("luo.compatible") == Compatible).Select(activity => activity.OperationName)];
        Assert.Equal(["luo.can_preserve", "luo.preserve", "luo.freeze", "luo.unpreserve"], own);
    }

    [Fact]
    public void CallbacksAreMeasured()
    {
        var callbacks = new ConcurrentQueue<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument is { Meter.Name: "LuoHandlers", Name: "luo.callback.duration" })
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((_, milliseconds, tags, _) =>
        {
            Assert.True(milliseconds >= 0);
            if (tags.ToArray().Contains(new("luo.compatible", Compatible)))
                callbacks.Enqueue((string)tags.ToArray().Single(tag => tag.Key == "luo.callback").Value!);
        });
        listener.Start();
        PreserveAndFail();
        Assert.Equal(["can_preserve", "preserve", "freeze", "unpreserve"], callbacks);
    }

    [Fact]
    public void TheLogHasWhatTheKernelComplainsAbout()
    {
        using var log = new ListLogger();
        PreserveAndFail(log);
        Assert.Contains(log.Lines, line => line.StartsWith($"Debug freeze of {Compatible}, token 1: -{(int)Errno.EBUSY}", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.StartsWith("Warning The reboot failed with EBUSY", StringComparison.Ordinal));
    }

    private static void PreserveAndFail(ILoggerFactory? log = null)
    {
        using Machine machine = Machine.Create(new MachineOptions { MemorySize = 64 << 20, LoggerFactory = log });
        Kernel kernel = machine.Boot().With(new ScriptedHandler(Compatible) { OnFreeze = static (ref LiveUpdateFileOpArgs _) => -(int)Errno.EBUSY });
        using LiveUpdateDevice device = kernel.OpenLiveUpdate();
        using LiveUpdateSession session = device.CreateSession("s");
        session.PreserveFile(1, new PlainFile(1));
        Assert.Equal(-(int)Errno.EBUSY, kernel.Reboot());
    }

    private sealed class ListLogger : ILoggerFactory, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{logLevel} {formatter(state, exception)}");

        public void Dispose()
        {
        }
    }
}
