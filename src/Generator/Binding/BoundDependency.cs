using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Binding;

/// <summary>A type of file that each file of a handler needs.</summary>
internal sealed class BoundDependency(ITypeSymbol fileType, Location location)
{
    /// <summary>The type of the other file.</summary>
    public ITypeSymbol FileType { get; } = fileType;

    /// <summary>Where it is declared.</summary>
    public Location Location { get; } = location;
}
