using System.Text;
using LuoHandlers.Orchestrator.Events;

namespace LuoHandlers.Emulation;

/// <summary>
/// Records what happens in one kernel after the other, to assert on in a test or to look at: <see cref="ToMermaid"/> draws it. Thread-safe.
/// </summary>
public sealed class LifeCycleRecording
{
    private readonly Lock _lock = new();
    private readonly List<LuoEvent> _events = [];
    private readonly List<int> _boots = [];

    /// <summary>All events so far, in order.</summary>
    public IReadOnlyList<LuoEvent> Events
    {
        get
        {
            lock (_lock)
                return [.. _events];
        }
    }

    /// <summary>Records a kernel from now on, and what happened at its boot.</summary>
    public void Record(Kernel kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        lock (_lock)
        {
            _boots.Add(_events.Count);
            _events.AddRange(kernel.BootEvents);
        }
        kernel.EventRaised += Add;
    }

    /// <summary>Draws the events as a Mermaid sequence diagram: the agent, LUO, and each handler or FLB.</summary>
    public string ToMermaid()
    {
        lock (_lock)
        {
            var diagram = new StringBuilder("sequenceDiagram\n    participant Agent\n    participant LUO\n");
            Dictionary<string, string> participants = [];
            foreach (CallbackEvent callback in _events.OfType<CallbackEvent>())
            {
                if (participants.TryAdd(callback.Compatible, $"H{participants.Count + 1}"))
                    diagram.Append($"    participant {participants[callback.Compatible]} as {Escape(callback.Compatible)}\n");
            }
            for (int i = 0; i < _events.Count; i++)
            {
                AppendBoots(diagram, i);
                Append(diagram, _events[i], participants);
            }
            AppendBoots(diagram, _events.Count);
            return diagram.ToString();
        }
    }

    private static void Append(StringBuilder diagram, LuoEvent luoEvent, Dictionary<string, string> participants)
    {
        switch (luoEvent)
        {
            case CallbackEvent callback:
                string handler = participants[callback.Compatible];
                string token = callback.Token is { } number ? $" token {number}" : "";
                diagram.Append($"    LUO->>{handler}: {callback.Callback}{token}\n");
                if (callback.Result != 0)
                    diagram.Append($"    {handler}-->>LUO: {Describe(callback)}\n");
                break;
            case OperationEvent operation:
                string session = operation.Session is { } name ? $" {Escape(name)}" : "";
                string file = operation.Token is { } fileToken ? $" token {fileToken}" : "";
                string result = operation.Result == 0 ? "" : $": {DescribeErrno(operation.Result)}";
                diagram.Append($"    Agent->>LUO: {operation.Operation}{session}{file}{result}\n");
                break;
            case KernelWarningEvent warning:
                diagram.Append($"    note over LUO: {warning.Kind}: {Escape(warning.Message)}\n");
                break;
            case KernelMistakeEvent mistake:
                diagram.Append($"    note over LUO: {mistake.Mistake}: {Escape(mistake.Message)}\n");
                break;
        }
    }

    private static string Describe(CallbackEvent callback) =>
        callback.Result == 1 && callback.Callback.StartsWith("can_", StringComparison.Ordinal) ? "yes" : DescribeErrno(callback.Result);

    private static string DescribeErrno(int result) => result < 0 ? ((Errno)(-result)).ToString() : result.ToString();

    /// <summary>Mermaid ends a line at a semicolon, and takes # for the beginning of a character code.</summary>
    private static string Escape(string text) => text.Replace("#", "#35;").Replace(";", "#59;").ReplaceLineEndings(" ");

    private void Add(LuoEvent luoEvent)
    {
        lock (_lock)
            _events.Add(luoEvent);
    }

    private void AppendBoots(StringBuilder diagram, int position)
    {
        for (int boot = 0; boot < _boots.Count; boot++)
        {
            if (_boots[boot] == position)
                diagram.Append($"    note over Agent,LUO: kernel {boot + 1} boots\n");
        }
    }
}
