using System.Text.Json.Nodes;
using LuoHandlers.Conformance.Scripted;
using LuoHandlers.Emulation;
using LuoHandlers.Orchestrator.Events;

namespace LuoHandlers.Conformance;

/// <summary>Sees what a step changed beside its result. Only what is not empty or unchanged is told.</summary>
internal sealed class KernelObserver
{
    private readonly Kernel _kernel;
    private readonly Trace _trace;
    private readonly FileTable _files;
    private readonly ModuleTable _modules;
    private readonly WarningCounter _warnings = new();
    private (long Preserved, long Inherited) _seenPages;

    public KernelObserver(Kernel kernel, Trace trace, FileTable files, ModuleTable modules)
    {
        _kernel = kernel;
        _trace = trace;
        _files = files;
        _modules = modules;
        foreach (LuoEvent raised in kernel.BootEvents)
            _warnings.Count(raised);
        kernel.EventRaised += _warnings.Count;
    }

    /// <summary>What a boot is expected to tell.</summary>
    public JsonObject ObserveBoot()
    {
        _seenPages = CountPages();
        var observed = new JsonObject { ["enabled"] = _kernel.IsLiveUpdateEnabled, ["mem"] = Describe(_seenPages) };
        AddUnlessEmpty(observed, "warn", _warnings.Take());
        return observed;
    }

    /// <summary>Adds what has changed since the last step.</summary>
    /// <param name="observed">The result of the step.</param>
    public void AddChanges(JsonObject observed)
    {
        if (_trace.Take() is { Count: > 0 } trace)
            observed["trace"] = trace;
        AddUnlessEmpty(observed, "warn", _warnings.Take());
        AddUnlessEmpty(observed, "mods", _modules.TakeChangedCounts());
        if (_files.TakeReleased() is { Count: > 0 } released)
            observed["released"] = released;
        AddUnlessEmpty(observed, "refs", _files.TakeChangedCounts());
        (long Preserved, long Inherited) pages = CountPages();
        if (pages != _seenPages)
            observed["mem"] = Describe(pages);
        _seenPages = pages;
    }

    private (long Preserved, long Inherited) CountPages() => (_kernel.KexecHandover?.PreservedPageCount ?? 0, _kernel.KexecHandover?.InheritedPageCount ?? 0);

    private static JsonArray Describe((long Preserved, long Inherited) pages) => [pages.Preserved, pages.Inherited];

    private static void AddUnlessEmpty(JsonObject observed, string name, JsonObject value)
    {
        if (value.Count > 0)
            observed[name] = value;
    }
}
