using System.Text.Json.Serialization;

namespace LuoHandlers.Conformance.Model;

/// <summary>What one call of an FLB's callback does.</summary>
internal sealed record FlbScriptEntry
{
    private readonly string? _obj;

    public static FlbScriptEntry Usual { get; } = new();

    /// <summary>The result; null: 0.</summary>
    public int? Ret { get; init; }

    /// <summary>Overwrites the data, whatever the result.</summary>
    public ulong? Data { get; init; }

    /// <summary>Only null can be given: then the call leaves the object null.</summary>
    public string? Obj
    {
        get => _obj;
        init
        {
            if (value is not null)
                throw new InvalidScenarioException($"an FLB's script can give no object but null; found \"{value}\"");
            _obj = value;
            LeavesObjectNull = true;
        }
    }

    [JsonIgnore]
    public bool LeavesObjectNull { get; private init; }

    [JsonIgnore]
    public int Result => Ret ?? 0;
}
