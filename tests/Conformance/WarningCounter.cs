using System.Text.Json.Nodes;
using LuoHandlers.Orchestrator.Events;

namespace LuoHandlers.Conformance;

/// <summary>Counts the warnings of a kernel that are part of its behaviour; lines that it only prints are not.</summary>
internal sealed class WarningCounter
{
    private JsonObject _counts = [];

    public void Count(LuoEvent raised)
    {
        if (raised is not KernelWarningEvent warning)
            return;
        string? name = warning.Kind switch
        {
            KernelWarningKind.WarnOn => "warn_on",
            KernelWarningKind.Refcount => "refcount",
            KernelWarningKind.KhoFreeRefused => "kho",
            KernelWarningKind.Error or KernelWarningKind.Warning => null,
            _ => $"unknown {warning.Kind}",
        };
        if (name is not null)
            _counts[name] = (_counts[name]?.GetValue<int>() ?? 0) + 1;
    }

    /// <summary>What was counted since the last call.</summary>
    public JsonObject Take()
    {
        JsonObject taken = _counts;
        _counts = [];
        return taken;
    }
}
