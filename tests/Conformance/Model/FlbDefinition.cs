using System.Collections.Frozen;

namespace LuoHandlers.Conformance.Model;

/// <summary>A scripted file-lifecycle-bound object: what it is, and what its callbacks answer.</summary>
internal sealed record FlbDefinition
{
    private readonly string? _owner;
    private readonly bool _isOwnerGiven;

    public required string Id { get; init; }

    public required string Compatible { get; init; }

    /// <summary>Which callbacks there are.</summary>
    public IReadOnlyList<FlbCallback> Ops { get; init; } = Enum.GetValues<FlbCallback>();

    /// <summary>The label of the owning module; null for one that is built in.</summary>
    public string? Owner
    {
        get => _isOwnerGiven ? _owner : $"m_{Id}";
        init
        {
            _owner = value;
            _isOwnerGiven = true;
        }
    }

    /// <summary>The n-th call of preserve sets the data to this plus n.</summary>
    public ulong DataBase { get; init; }

    /// <summary>For each callback, what its calls do, in order. Calls beyond the list do what is usual.</summary>
    public IReadOnlyDictionary<FlbCallback, IReadOnlyList<FlbScriptEntry>> Script { get; init; } =
        FrozenDictionary<FlbCallback, IReadOnlyList<FlbScriptEntry>>.Empty;
}
