using System.Collections.Frozen;

namespace LuoHandlers.Conformance.Model;

/// <summary>A scripted file handler: what it is, and what its callbacks answer.</summary>
internal sealed record HandlerDefinition
{
    private readonly string? _owner;
    private readonly bool _isOwnerGiven;

    public required string Id { get; init; }

    public required string Compatible { get; init; }

    /// <summary>The kinds of file that can_preserve says yes to.</summary>
    public required IReadOnlyList<string> Accepts { get; init; }

    /// <summary>Which callbacks there are.</summary>
    public IReadOnlyList<FileCallback> Ops { get; init; } = [.. Enum.GetValues<FileCallback>().Where(callback => callback != FileCallback.GetId)];

    /// <summary>The label of the owning module; null for a handler that is built in.</summary>
    public string? Owner
    {
        get => _isOwnerGiven ? _owner : $"m_{Id}";
        init
        {
            _owner = value;
            _isOwnerGiven = true;
        }
    }

    /// <summary>The n-th call of preserve sets the handle to this plus n.</summary>
    public ulong DataBase { get; init; }

    /// <summary>What a successful freeze adds to the handle.</summary>
    public ulong? FreezeAdd { get; init; }

    /// <summary>
    /// The handler's list heads are linked to themselves before it is registered. There are no list heads to forget in C#, so this is
    /// how every handler is; a scenario that leaves it out does not depend on it.
    /// </summary>
    public bool ListInit { get; init; }

    /// <summary>For each callback, what its calls do, in order. Calls beyond the list do what is usual.</summary>
    public IReadOnlyDictionary<FileCallback, IReadOnlyList<FileScriptEntry>> Script { get; init; } =
        FrozenDictionary<FileCallback, IReadOnlyList<FileScriptEntry>>.Empty;
}
