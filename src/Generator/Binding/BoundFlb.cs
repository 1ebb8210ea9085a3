using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Binding;

/// <summary>What the binder found out about an FLB class. With binding errors it holds what could be bound.</summary>
internal sealed class BoundFlb(
    INamedTypeSymbol type,
    string? compatible,
    ITypeSymbol? objectType,
    ITypeSymbol? stateType,
    bool usesSerializedData,
    ImmutableArray<BoundCallback> callbacks)
{
    /// <summary>The FLB class.</summary>
    public INamedTypeSymbol Type { get; } = type;

    /// <summary>The compatible string; null only with binding errors.</summary>
    public string? Compatible { get; } = compatible;

    /// <summary>The class of the live object, without nullability; null only with binding errors.</summary>
    public ITypeSymbol? ObjectType { get; } = objectType;

    /// <summary>The <c>[PreservedState]</c> struct; null if there is none.</summary>
    public ITypeSymbol? StateType { get; } = stateType;

    /// <summary>Whether the author handles <c>ulong serializedData</c> instead of a state.</summary>
    public bool UsesSerializedData { get; } = usesSerializedData;

    /// <summary>The callbacks that exist, in LUO's order.</summary>
    public ImmutableArray<BoundCallback> Callbacks { get; } = callbacks;
}
