using System.Text.Json.Nodes;
using LuoHandlers.Handlers;

namespace LuoHandlers.Conformance.Scripted;

/// <summary>The kernel modules of one kernel, by label.</summary>
internal sealed class ModuleTable
{
    private readonly Dictionary<string, (KernelModule Module, int SeenCount)> _modules = [];

    public KernelModule this[string label]
    {
        get
        {
            if (!_modules.TryGetValue(label, out (KernelModule Module, int SeenCount) known))
                _modules[label] = known = (new KernelModule(label), 0);
            return known.Module;
        }
    }

    /// <summary>The reference counts that have changed since the last call.</summary>
    public JsonObject TakeChangedCounts()
    {
        var changed = new JsonObject();
        foreach ((string label, (KernelModule module, int seen)) in _modules)
        {
            int count = module.ReferenceCount;
            if (count == seen)
                continue;
            changed[label] = count;
            _modules[label] = (module, count);
        }
        return changed;
    }
}
