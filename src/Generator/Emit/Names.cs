using LuoHandlers.Generator.Binding;
using LuoHandlers.Generator.Model;

namespace LuoHandlers.Generator.Emit;

/// <summary>
/// How one handler's file names types, whatever the author's namespaces and types are called. Aliases keep the file small; names that begin
/// with two underscores are nobody's but a tool's.
/// </summary>
internal sealed class Names
{
    public const string Interface = "__Handler";
    public const string Arguments = "__Args";
    public const string Callbacks = "__Callbacks";
    public const string KernelField = "__kernel";
    public const string GeneratedCode = "__Generated";
    public const string RetrievesOlder = Runtime + "::Handlers.IRetrievesOlder";
    public const string RetrieveOnlyHandler = Runtime + "::Handlers.RetrieveOnlyHandler";
    public const string UsesFlbs = Runtime + "::Emulation.IUsesFlbs";
    public const string Kernel = Runtime + "::Emulation.Kernel";
    public const string Flb = Runtime + "::Handlers.ILiveUpdateFlb";
    public const string LuoFile = Runtime + "::Vfs.LuoFile";
    public const string Errno = Runtime + "::Errno";
    public const string ErrnoException = Runtime + "::ErrnoException";

    private const string Runtime = "__Luo";

    private static readonly TypeAlias[] RuntimeTypes =
    [
        new(Arguments, "global::" + WellKnownTypeNames.LiveUpdateFileOpArgs),
        new(Callbacks, "global::" + WellKnownTypeNames.FileHandlerCallbacks),
        new(GeneratedCode, "global::" + WellKnownTypeNames.GeneratedCodeAttribute),
        new(Interface, "global::" + WellKnownTypeNames.ILiveUpdateFileHandler),
        new(Runtime, "global::LuoHandlers"),
    ];

    private readonly TypeAlias _file;
    private readonly TypeAlias[] _flbs;
    private readonly TypeAlias _memory;
    private readonly TypeAlias[] _olderMemories;
    private readonly TypeAlias _privateData;
    private readonly TypeAlias _state;

    public Names(HandlerModel handler)
    {
        _file = new TypeAlias("__File", handler.FileType);
        _flbs = [.. handler.Flbs.Select((flb, index) => new TypeAlias($"__Flb{index}", flb.Type))];
        _privateData = new TypeAlias("__Private", handler.PrivateDataType);
        _state = new TypeAlias("__State", handler.StateType);
        _memory = new TypeAlias("__Memory", GetMemory(handler.StateType));
        _olderMemories = [.. handler.Upgrades.Select((upgrade, index) => new TypeAlias($"__Older{index}", GetMemory(upgrade.OldState)))];
    }

    public string File => _file.Name;

    public string Memory => _memory.Name;

    public string PrivateData => _privateData.Name;

    public string State => _state.Name;

    /// <summary>The memory of the old state of the upgrade in this place.</summary>
    public string GetOlderMemory(int index) => _olderMemories[index].Name;

    /// <summary>The FLB in this place among those of the handler.</summary>
    public string GetFlb(int index) => _flbs[index].Name;

    /// <summary>The directives that this text needs.</summary>
    public IEnumerable<string> FindUsings(string text) => RuntimeTypes
        .Concat([_file, _memory, _privateData, _state])
        .Concat(_flbs)
        .Concat(_olderMemories)
        .Select(alias => alias.FindDirective(text))
        .OfType<string>();

    private static TypeModel? GetMemory(TypeModel? state) =>
        state is null ? null : state with { Name = $"global::{WellKnownTypeNames.PreservedStateMemory}<{state.Name}>" };
}
