using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Binding;

/// <summary>
/// What the binder found out about a handler class. With binding errors it holds what could be bound, so that a fix knows, for example,
/// the file and the state of a handler that lacks a callback.
/// </summary>
internal sealed class BoundHandler(
    INamedTypeSymbol type,
    string? compatible,
    ITypeSymbol? fileType,
    ITypeSymbol? stateType,
    bool usesSerializedData,
    ITypeSymbol? privateDataType,
    bool isConstructible,
    ImmutableArray<UsedFlb> flbs,
    ImmutableArray<BoundDependency> dependencies,
    ImmutableArray<BoundCallback> callbacks,
    ImmutableArray<BoundUpgrade> upgrades)
{
    /// <summary>The handler class.</summary>
    public INamedTypeSymbol Type { get; } = type;

    /// <summary>The compatible string; null only with binding errors.</summary>
    public string? Compatible { get; } = compatible;

    /// <summary>The file type, without nullability; null only with binding errors.</summary>
    public ITypeSymbol? FileType { get; } = fileType;

    /// <summary>The <c>[PreservedState]</c> struct; null if there is none.</summary>
    public ITypeSymbol? StateType { get; } = stateType;

    /// <summary>Whether the author handles <c>ulong serializedData</c> instead of a state.</summary>
    public bool UsesSerializedData { get; } = usesSerializedData;

    /// <summary>The class of the private data, without nullability; null if there is none.</summary>
    public ITypeSymbol? PrivateDataType { get; } = privateDataType;

    /// <summary>Whether the assembly can make an instance without arguments; otherwise the caller registers one.</summary>
    public bool IsConstructible { get; } = isConstructible;

    /// <summary>The FLBs that the handler depends on, in the order of their attributes.</summary>
    public ImmutableArray<UsedFlb> Flbs { get; } = flbs;

    /// <summary>The files that those of the handler depend on, in the order of their attributes.</summary>
    public ImmutableArray<BoundDependency> Dependencies { get; } = dependencies;

    /// <summary>The callbacks that exist, in the order of <see cref="CallbackKind"/>.</summary>
    public ImmutableArray<BoundCallback> Callbacks { get; } = callbacks;

    /// <summary>What makes the states of older versions into today's, in the order of declaration.</summary>
    public ImmutableArray<BoundUpgrade> Upgrades { get; } = upgrades;

    /// <summary>The callback of this kind, or null if the handler has none.</summary>
    public BoundCallback? FindCallback(CallbackKind kind) => Callbacks.FirstOrDefault(callback => callback.Kind == kind);
}
