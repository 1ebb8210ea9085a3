using System.Text.Json;
using System.Text.Json.Serialization;

namespace LuoHandlers.Conformance.Model;

/// <summary>What one call of a file handler's callback does.</summary>
internal sealed record FileScriptEntry
{
    private readonly string? _priv;

    public static FileScriptEntry Usual { get; } = new();

    /// <summary>The result: a number, or true or false for can_preserve and can_finish.</summary>
    public JsonElement Ret { get; init; }

    /// <summary>FLB calls that the callback makes first.</summary>
    public IReadOnlyList<FlbCall> Calls { get; init; } = [];

    /// <summary>Overwrites the handle, whatever the result.</summary>
    public ulong? Data { get; init; }

    /// <summary>Overwrites the private object, whatever the result, if <see cref="IsPrivGiven"/>; null is a value of its own.</summary>
    public string? Priv
    {
        get => _priv;
        init
        {
            _priv = value;
            IsPrivGiven = true;
        }
    }

    [JsonIgnore]
    public bool IsPrivGiven { get; private init; }

    /// <summary>The inode number of the file that retrieve makes.</summary>
    public long? Ino { get; init; }

    [JsonIgnore]
    public int Result => Ret.ValueKind == JsonValueKind.Undefined ? 0 : Ret.GetInt32();

    [JsonIgnore]
    public bool? Answer => Ret.ValueKind == JsonValueKind.Undefined ? null : Ret.GetBoolean();
}
