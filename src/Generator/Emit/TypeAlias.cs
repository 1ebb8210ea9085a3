using LuoHandlers.Generator.Model;

namespace LuoHandlers.Generator.Emit;

/// <summary>How a handler's file names a type: by an alias where a using directive can name the type, or else by its full name.</summary>
internal sealed class TypeAlias
{
    private readonly string? _target;

    public TypeAlias(string alias, string target)
    {
        Name = alias;
        _target = target;
    }

    /// <summary>Names a type of the author, which may be private to the handler.</summary>
    public TypeAlias(string alias, TypeModel? type)
    {
        Name = type is { IsAccessibleInAssembly: false } ? type.Name : alias;
        _target = type is { IsAccessibleInAssembly: true } ? type.Name : null;
    }

    /// <summary>The name in code.</summary>
    public string Name { get; }

    /// <summary>Whether a directive stands behind the name.</summary>
    public bool IsAlias => _target is not null;

    /// <summary>The directive that the name needs in this text; null if it needs none.</summary>
    public string? FindDirective(string text) => IsAlias && text.Contains(Name) ? $"using {Name} = {_target};" : null;
}
