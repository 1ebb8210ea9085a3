using System.Text;
using System.Text.Json.Nodes;
using LuoHandlers.Conformance.Model;
using LuoHandlers.Handlers;
using LuoHandlers.Vfs;

namespace LuoHandlers.Conformance.Scripted;

/// <summary>A file handler that does what a scenario's script says, and records every call but get_id.</summary>
internal sealed class ScriptedHandler(
    HandlerDefinition definition, KernelModule? owner, Trace trace, FileTable files, FlbTable flbs, LabelSequence privates, RetrievedFiles retrieved)
    : ILiveUpdateFileHandler
{
    private readonly byte[] _compatible = Encoding.UTF8.GetBytes(definition.Compatible);
    private readonly int[] _callCounts = new int[Enum.GetValues<FileCallback>().Length];

    public ReadOnlySpan<byte> Compatible => _compatible;

    public FileHandlerCallbacks Callbacks { get; } = definition.Ops.Aggregate(FileHandlerCallbacks.None, (all, callback) => all | FlagOf(callback));

    public KernelModule? Owner => owner;

    public bool CanPreserve(LuoFile file)
    {
        JsonObject entered = Enter("can_preserve", file);
        (FileScriptEntry entry, _) = Next(FileCallback.CanPreserve, entered);
        return Answer(entered, entry.Answer ?? definition.Accepts.Contains(files.KindOf(file)));
    }

    public int Preserve(ref LiveUpdateFileOpArgs args)
    {
        JsonObject entered = Enter("preserve", in args);
        (FileScriptEntry entry, int number) = Next(FileCallback.Preserve, entered);
        if (entry.Result == 0)
        {
            SetData(entered, ref args, unchecked(definition.DataBase + (ulong)number));
            SetPrivate(entered, ref args, privates.Next());
        }
        return Leave(entered, ref args, entry);
    }

    public void Unpreserve(ref LiveUpdateFileOpArgs args) => Next(FileCallback.Unpreserve, Enter("unpreserve", in args));

    public int Freeze(ref LiveUpdateFileOpArgs args)
    {
        JsonObject entered = Enter("freeze", in args);
        (FileScriptEntry entry, _) = Next(FileCallback.Freeze, entered);
        if (entry.Result == 0 && definition.FreezeAdd is { } added)
            SetData(entered, ref args, unchecked(args.SerializedData + added));
        return Leave(entered, ref args, entry);
    }

    public void Unfreeze(ref LiveUpdateFileOpArgs args) => Next(FileCallback.Unfreeze, Enter("unfreeze", in args));

    public int Retrieve(ref LiveUpdateFileOpArgs args)
    {
        JsonObject entered = Enter("retrieve", in args);
        (FileScriptEntry entry, _) = Next(FileCallback.Retrieve, entered);
        if (entry.Result == 0)
        {
            ScriptedFile file = retrieved.Create(definition.Accepts.Count > 0 ? definition.Accepts[0] : "x", entry.Ino);
            args.File = file;
            Trace.NoteSet(entered, "file", file.Label);
        }
        return Leave(entered, ref args, entry);
    }

    public bool CanFinish(ref LiveUpdateFileOpArgs args)
    {
        JsonObject entered = Enter("can_finish", in args);
        (FileScriptEntry entry, _) = Next(FileCallback.CanFinish, entered);
        return Answer(entered, entry.Answer ?? true);
    }

    public void Finish(ref LiveUpdateFileOpArgs args) => Next(FileCallback.Finish, Enter("finish", in args));

    public ulong GetId(LuoFile file) => FileTable.InodeOf(file);

    private JsonObject Enter(string callback, LuoFile? file)
    {
        JsonObject entered = trace.Add(callback);
        entered["h"] = definition.Id;
        entered["file"] = files.LabelOf(file);
        return entered;
    }

    private JsonObject Enter(string callback, in LiveUpdateFileOpArgs args)
    {
        JsonObject entered = Enter(callback, args.File);
        entered["data"] = HexNumber.Format(args.SerializedData);
        entered["priv"] = (string?)args.PrivateData;
        entered["rs"] = args.RetrieveStatus.Value;
        if (!ReferenceEquals(args.Handler, this))
            entered["called with handler"] = Encoding.UTF8.GetString(args.Handler.Compatible);
        return entered;
    }

    private static int Leave(JsonObject entered, ref LiveUpdateFileOpArgs args, FileScriptEntry entry)
    {
        if (entry.Data is { } data)
            SetData(entered, ref args, data);
        if (entry.IsPrivGiven)
            SetPrivate(entered, ref args, entry.Priv);
        entered["ret"] = entry.Result;
        return entry.Result;
    }

    private static bool Answer(JsonObject entered, bool answer)
    {
        entered["ret"] = answer;
        return answer;
    }

    /// <summary>The script's entry for this call, after the FLB calls that it makes.</summary>
    private (FileScriptEntry Entry, int Number) Next(FileCallback callback, JsonObject entered)
    {
        int number = _callCounts[(int)callback]++;
        FileScriptEntry entry = definition.Script.TryGetValue(callback, out IReadOnlyList<FileScriptEntry>? entries) && number < entries.Count
            ? entries[number]
            : FileScriptEntry.Usual;

        foreach (FlbCall call in entry.Calls)
        {
            JsonObject made = flbs.Call(call.Op, call.Flb);
            made["op"] = NameOf(call.Op);
            made["flb"] = call.Flb;
            if (entered["calls"] is not JsonArray calls)
                entered["calls"] = calls = [];
            calls.Add(made);
        }
        return (entry, number);
    }

    private static void SetData(JsonObject entered, ref LiveUpdateFileOpArgs args, ulong data)
    {
        args.SerializedData = data;
        Trace.NoteSet(entered, "data", HexNumber.Format(data));
    }

    private static void SetPrivate(JsonObject entered, ref LiveUpdateFileOpArgs args, string? label)
    {
        args.PrivateData = label;
        Trace.NoteSet(entered, "priv", label);
    }

    private static string NameOf(FlbCallKind kind) => kind switch
    {
        FlbCallKind.GetIncoming => "flb_get_incoming",
        FlbCallKind.GetOutgoing => "flb_get_outgoing",
        FlbCallKind.PutIncoming => "flb_put_incoming",
        FlbCallKind.PutOutgoing => "flb_put_outgoing",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static FileHandlerCallbacks FlagOf(FileCallback callback) => callback switch
    {
        FileCallback.CanPreserve => FileHandlerCallbacks.CanPreserve,
        FileCallback.Preserve => FileHandlerCallbacks.Preserve,
        FileCallback.Unpreserve => FileHandlerCallbacks.Unpreserve,
        FileCallback.Freeze => FileHandlerCallbacks.Freeze,
        FileCallback.Unfreeze => FileHandlerCallbacks.Unfreeze,
        FileCallback.Retrieve => FileHandlerCallbacks.Retrieve,
        FileCallback.CanFinish => FileHandlerCallbacks.CanFinish,
        FileCallback.Finish => FileHandlerCallbacks.Finish,
        FileCallback.GetId => FileHandlerCallbacks.GetId,
        _ => throw new ArgumentOutOfRangeException(nameof(callback)),
    };
}
