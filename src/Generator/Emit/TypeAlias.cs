using LuoHandlers.Generator.Model;

namespace LuoHandlers.Generator.Emit;

/// <summary>How a handler's file names a type of the author: by an alias where a using directive can name the type.</summary>
internal sealed class TypeAlias
{
    public TypeAlias(string alias, TypeModel? type)
    {
        Name = type is { IsAccessibleInAssembly: false } ? type.Name : alias;
        Directive = type is { IsAccessibleInAssembly: true } ? $"using {alias} = {type.Name};" : null;
    }

    /// <summary>The name in code.</summary>
    public string Name { get; }

    /// <summary>The directive that the name needs; null if it needs none, or if there is no such type.</summary>
    public string? Directive { get; }
}
