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
            for (int i = 0; i < _events.Count;)
            {
                AppendBoots(diagram, i);
                i = AppendOperation(diagram, i, participants);
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
            case KernelWarningEvent warning:
                diagram.Append($"    note over LUO: {warning.Kind}: {Escape(warning.Message)}\n");
                break;
            case KernelMistakeEvent mistake:
                diagram.Append($"    note over LUO: {mistake.Mistake}: {Escape(mistake.Message)}\n");
                break;
            case BadEntryEvent entry:
                diagram.Append($"    note over LUO: left out: {Escape(entry.Message)}\n");
                break;
        }
    }

    /// <summary>Draws the events up to the end of an operation, beginning with the operation: its event comes last, when its result is known.</summary>
    /// <returns>The position after them.</returns>
    private int AppendOperation(StringBuilder diagram, int start, Dictionary<string, string> participants)
    {
        int end = start;
        while (end < _events.Count && _events[end] is not OperationEvent && (end == start || !_boots.Contains(end)))
            end++;
        var operation = end < _events.Count && (end == start || !_boots.Contains(end)) ? _events[end] as OperationEvent : null;
        if (operation is not null)
        {
            string session = operation.Session is { } name ? $" {Escape(name)}" : "";
            string file = operation.Token is { } token ? $" token {token}" : "";
            diagram.Append($"    Agent->>LUO: {operation.Operation}{session}{file}\n");
        }
        for (int i = start; i < end; i++)
            Append(diagram, _events[i], participants);
        if (operation is null)
            return end;
        if (operation.Result != 0)
            diagram.Append($"    LUO-->>Agent: {DescribeErrno(operation.Result)}\n");
        return end + 1;
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
