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
    public const string GeneratedCode = "__Generated";
    public const string LuoFile = Runtime + "::Vfs.LuoFile";
    public const string Errno = Runtime + "::Errno";
    public const string ErrnoException = Runtime + "::ErrnoException";

    private const string Runtime = "__Luo";
    private const string MemoryAlias = "__Memory";

    private readonly TypeAlias _file;
    private readonly TypeAlias _state;
    private readonly TypeAlias _privateData;
    private readonly string? _memoryDirective;

    public Names(HandlerModel handler)
    {
        _file = new TypeAlias("__File", handler.FileType);
        _state = new TypeAlias("__State", handler.StateType);
        _privateData = new TypeAlias("__Private", handler.PrivateDataType);
        string memory = $"{WellKnownTypeNames.PreservedStateMemory}<{handler.StateType?.Name}>";
        Memory = _state.Directive is null ? "global::" + memory : MemoryAlias;
        _memoryDirective = _state.Directive is null ? null : $"using {MemoryAlias} = global::{memory};";
    }

    public string File => _file.Name;

    public string State => _state.Name;

    public string PrivateData => _privateData.Name;

    public string Memory { get; }

    /// <summary>The directives that the file begins with.</summary>
    public IEnumerable<string> Usings => new[]
    {
        $"using {Arguments} = global::{WellKnownTypeNames.LiveUpdateFileOpArgs};",
        $"using {Callbacks} = global::{WellKnownTypeNames.FileHandlerCallbacks};",
        _file.Directive,
        $"using {GeneratedCode} = global::{WellKnownTypeNames.GeneratedCodeAttribute};",
        $"using {Interface} = global::{WellKnownTypeNames.ILiveUpdateFileHandler};",
        $"using {Runtime} = global::LuoHandlers;",
        _memoryDirective,
        _privateData.Directive,
        _state.Directive,
    }.OfType<string>();
}
