using Microsoft.CodeAnalysis;

namespace LuoHandlers.Analyzers;

/// <summary>A compatible string in use, and by whom.</summary>
/// <param name="text">The string.</param>
/// <param name="isFlb">Whether it is an FLB's.</param>
/// <param name="type">The handler or FLB; null if all that is known is its assembly.</param>
/// <param name="assembly">The assembly that it is in.</param>
/// <param name="location">Where the string is written.</param>
internal sealed class CatalogEntry(string text, bool isFlb, INamedTypeSymbol? type, IAssemblySymbol assembly, Location location)
{
    public string Text { get; } = text;

    public bool IsFlb { get; } = isFlb;

    public INamedTypeSymbol? Type { get; } = type;

    public IAssemblySymbol Assembly { get; } = assembly;

    public Location Location { get; } = location;

    /// <summary>Whether it is in this assembly.</summary>
    public bool IsOf(IAssemblySymbol assembly) => SymbolEqualityComparer.Default.Equals(Assembly, assembly);

    /// <summary>Who has the string, as this assembly would say it.</summary>
    public string Describe(IAssemblySymbol from)
    {
        string name = Type is null ? "a handler" : $"'{Type.ToDisplayString()}'";
        return IsOf(from) ? name : $"{name} in assembly '{Assembly.Name}'";
    }
}
