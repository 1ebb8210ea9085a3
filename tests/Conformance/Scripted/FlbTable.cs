using System.Text.Json.Nodes;
using LuoHandlers.Conformance.Model;
using LuoHandlers.Orchestrator;

namespace LuoHandlers.Conformance.Scripted;

/// <summary>The FLBs of one kernel, by id, and the calls that steps and callbacks make on them.</summary>
internal sealed class FlbTable(LiveUpdateOrchestrator orchestrator)
{
    private readonly Dictionary<string, ScriptedFlb> _flbs = [];

    public ScriptedFlb this[string id] => _flbs.TryGetValue(id, out ScriptedFlb? flb)
        ? flb
        : throw new InvalidScenarioException($"the scenario defines no FLB \"{id}\" in this kernel");

    public void Add(string id, ScriptedFlb flb) => _flbs.Add(id, flb);

    /// <summary>Makes a call; the result is <c>ret</c>, and <c>obj</c> of a get that succeeded.</summary>
    public JsonObject Call(FlbCallKind kind, string id)
    {
        ScriptedFlb flb = this[id];
        object? found = null;
        int result = 0;
        switch (kind)
        {
            case FlbCallKind.GetIncoming:
                result = orchestrator.GetIncomingFlb(flb, out found);
                break;
            case FlbCallKind.GetOutgoing:
                result = orchestrator.GetOutgoingFlb(flb, out found);
                break;
            case FlbCallKind.PutIncoming:
                orchestrator.PutIncomingFlb(flb);
                break;
            case FlbCallKind.PutOutgoing:
                orchestrator.PutOutgoingFlb(flb);
                break;
        }

        var made = new JsonObject { ["ret"] = result };
        if (result == 0 && kind is FlbCallKind.GetIncoming or FlbCallKind.GetOutgoing)
            made["obj"] = (string?)found;
        return made;
    }
}
