using System.Text.Json.Nodes;
using LuoHandlers.Vfs;

namespace LuoHandlers.Conformance.Scripted;

/// <summary>All files of one kernel: the scripted ones, whose references are watched, and LUO's own, which have a label and a kind only.</summary>
internal sealed class FileTable
{
    private readonly List<(ScriptedFile File, int SeenCount)> _files = [];
    private readonly Dictionary<LuoFile, string> _ownKinds = new(ReferenceEqualityComparer.Instance);
    private List<string> _released = [];

    public ScriptedFile Create(string label, string kind, ulong inode)
    {
        var file = new ScriptedFile(label, kind, inode, released => _released.Add(released.Label));
        _files.Add((file, -1));
        return file;
    }

    /// <summary>Notes a file of LUO itself: <c>device</c> or <c>session</c>.</summary>
    public void AddOwn(LuoFile file, string kind) => _ownKinds[file] = kind;

    public string? LabelOf(LuoFile? file) => file switch
    {
        null => null,
        ScriptedFile scripted => scripted.Label,
        _ => _ownKinds.TryGetValue(file, out string? kind) ? $"#{kind}" : $"unknown {file.GetType().Name}",
    };

    public string KindOf(LuoFile file) => file switch
    {
        ScriptedFile scripted => scripted.Kind,
        _ => _ownKinds.TryGetValue(file, out string? kind) ? $"luo-{kind}" : $"unknown {file.GetType().Name}",
    };

    public static ulong InodeOf(LuoFile file) => file is ScriptedFile scripted ? scripted.Inode : 0;

    /// <summary>The reference counts that are new or have changed since the last call.</summary>
    public JsonObject TakeChangedCounts()
    {
        var changed = new JsonObject();
        for (int i = 0; i < _files.Count; i++)
        {
            (ScriptedFile file, int seen) = _files[i];
            int count = file.ReferenceCount;
            if (count == seen)
                continue;
            changed[file.Label] = count;
            _files[i] = (file, count);
        }
        return changed;
    }

    /// <summary>The labels of the files released since the last call.</summary>
    public JsonArray TakeReleased()
    {
        List<string> taken = _released;
        _released = [];
        return [.. taken.Select(label => JsonValue.Create(label))];
    }
}
