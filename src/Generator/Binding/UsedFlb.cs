using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Binding;

/// <summary>An FLB that a handler depends on.</summary>
internal sealed class UsedFlb(INamedTypeSymbol type, ITypeSymbol? objectType)
{
    /// <summary>The FLB class.</summary>
    public INamedTypeSymbol Type { get; } = type;

    /// <summary>The class of its live object, without nullability; null if the FLB has binding errors.</summary>
    public ITypeSymbol? ObjectType { get; } = objectType;
}
