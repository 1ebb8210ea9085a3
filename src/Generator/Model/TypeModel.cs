namespace LuoHandlers.Generator.Model;

/// <summary>A type that generated code names.</summary>
/// <param name="Name">The fully qualified name.</param>
/// <param name="IsAccessibleInAssembly">Whether code outside the handler class can name it; a type that is private to the class can't be.</param>
internal sealed record TypeModel(string Name, bool IsAccessibleInAssembly);
