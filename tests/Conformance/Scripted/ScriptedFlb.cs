using System.Text;
using System.Text.Json.Nodes;
using LuoHandlers.Conformance.Model;
using LuoHandlers.Handlers;

namespace LuoHandlers.Conformance.Scripted;

/// <summary>An FLB that does what a scenario's script says, and records every call.</summary>
internal sealed class ScriptedFlb(FlbDefinition definition, KernelModule? owner, Trace trace, LabelSequence objects) : ILiveUpdateFlb
{
    private readonly byte[] _compatible = Encoding.UTF8.GetBytes(definition.Compatible);
    private readonly int[] _callCounts = new int[Enum.GetValues<FlbCallback>().Length];

    public ReadOnlySpan<byte> Compatible => _compatible;

    public FlbCallbacks Callbacks { get; } = definition.Ops.Aggregate(FlbCallbacks.None, (all, callback) => all | FlagOf(callback));

    public KernelModule? Owner => owner;

    public int Preserve(ref LiveUpdateFlbOpArgs args)
    {
        JsonObject entered = Enter("flb_preserve", in args);
        (FlbScriptEntry entry, int number) = Next(FlbCallback.Preserve);
        if (entry.Result == 0)
        {
            SetData(entered, ref args, unchecked(definition.DataBase + (ulong)number));
            SetObject(entered, ref args, entry);
        }
        return Leave(entered, ref args, entry);
    }

    public void Unpreserve(ref LiveUpdateFlbOpArgs args) => Enter("flb_unpreserve", in args);

    public int Retrieve(ref LiveUpdateFlbOpArgs args)
    {
        JsonObject entered = Enter("flb_retrieve", in args);
        (FlbScriptEntry entry, _) = Next(FlbCallback.Retrieve);
        if (entry.Result == 0)
            SetObject(entered, ref args, entry);
        return Leave(entered, ref args, entry);
    }

    public void Finish(ref LiveUpdateFlbOpArgs args) => Enter("flb_finish", in args);

    private JsonObject Enter(string callback, in LiveUpdateFlbOpArgs args)
    {
        JsonObject entered = trace.Add(callback);
        entered["flb"] = definition.Id;
        entered["data"] = HexNumber.Format(args.SerializedData);
        entered["obj"] = (string?)args.Object;
        return entered;
    }

    private static int Leave(JsonObject entered, ref LiveUpdateFlbOpArgs args, FlbScriptEntry entry)
    {
        if (entry.Data is { } data)
            SetData(entered, ref args, data);
        entered["ret"] = entry.Result;
        return entry.Result;
    }

    private (FlbScriptEntry Entry, int Number) Next(FlbCallback callback)
    {
        int number = _callCounts[(int)callback]++;
        FlbScriptEntry entry = definition.Script.TryGetValue(callback, out IReadOnlyList<FlbScriptEntry>? entries) && number < entries.Count
            ? entries[number]
            : FlbScriptEntry.Usual;
        return (entry, number);
    }

    private static void SetData(JsonObject entered, ref LiveUpdateFlbOpArgs args, ulong data)
    {
        args.SerializedData = data;
        Trace.NoteSet(entered, "data", HexNumber.Format(data));
    }

    private void SetObject(JsonObject entered, ref LiveUpdateFlbOpArgs args, FlbScriptEntry entry)
    {
        if (entry.LeavesObjectNull)
            return;
        string label = objects.Next();
        args.Object = label;
        Trace.NoteSet(entered, "obj", label);
    }

    private static FlbCallbacks FlagOf(FlbCallback callback) => callback switch
    {
        FlbCallback.Preserve => FlbCallbacks.Preserve,
        FlbCallback.Unpreserve => FlbCallbacks.Unpreserve,
        FlbCallback.Retrieve => FlbCallbacks.Retrieve,
        FlbCallback.Finish => FlbCallbacks.Finish,
        _ => throw new ArgumentOutOfRangeException(nameof(callback)),
    };
}
