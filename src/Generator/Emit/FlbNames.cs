using LuoHandlers.Generator.Binding;
using LuoHandlers.Generator.Model;

namespace LuoHandlers.Generator.Emit;

/// <summary>How one FLB's file names types, as <see cref="Names"/> does it for handlers.</summary>
internal sealed class FlbNames
{
    public const string Interface = Runtime + "::Handlers.ILiveUpdateFlb";
    public const string Arguments = "__Args";
    public const string Callbacks = "__Callbacks";
    public const string GeneratedCode = "__Generated";
    public const string Kernel = Runtime + "::Emulation.Kernel";
    public const string Lease = Runtime + "::Orchestrator.FlbLease";
    public const string Errno = Runtime + "::Errno";
    public const string ErrnoException = Runtime + "::ErrnoException";

    private const string Runtime = "__Luo";

    private static readonly TypeAlias[] RuntimeTypes =
    [
        new(Arguments, "global::" + WellKnownTypeNames.LiveUpdateFlbOpArgs),
        new(Callbacks, "global::" + WellKnownTypeNames.FlbCallbacks),
        new(GeneratedCode, "global::" + WellKnownTypeNames.GeneratedCodeAttribute),
        new(Runtime, "global::LuoHandlers"),
    ];

    private readonly TypeAlias _memory;
    private readonly TypeAlias _object;

    public FlbNames(FlbModel flb)
    {
        _object = new TypeAlias("__Object", flb.ObjectType);
        _memory = new TypeAlias(
            "__Memory",
            flb.StateType is { } state
                ? state with { Name = $"global::{WellKnownTypeNames.PreservedStateMemory}<{state.Name}>" }
                : null);
    }

    public string Memory => _memory.Name;

    public string Object => _object.Name;

    /// <summary>The directives that this text needs.</summary>
    public IEnumerable<string> FindUsings(string text) => RuntimeTypes
        .Concat([_object, _memory])
        .Select(alias => alias.FindDirective(text))
        .OfType<string>();
}
