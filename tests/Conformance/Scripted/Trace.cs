using System.Text.Json.Nodes;

namespace LuoHandlers.Conformance.Scripted;

/// <summary>Records callbacks in the order in which they are entered, in the shape in which a scenario expects them.</summary>
internal sealed class Trace
{
    private JsonArray _events = [];

    /// <summary>Adds an event; the callback fills in what it does while it runs.</summary>
    public JsonObject Add(string callback)
    {
        var entered = new JsonObject { ["cb"] = callback };
        _events.Add(entered);
        return entered;
    }

    /// <summary>What was recorded since the last call.</summary>
    public JsonArray Take()
    {
        JsonArray taken = _events;
        _events = [];
        return taken;
    }

    /// <summary>Notes that a callback wrote a field of its arguments.</summary>
    public static void NoteSet(JsonObject entered, string field, string? value)
    {
        if (entered["set"] is not JsonObject set)
            entered["set"] = set = [];
        set[field] = value;
    }
}
