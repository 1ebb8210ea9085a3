using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Binding;

/// <summary>A method of a handler that makes the state of an older version into today's.</summary>
internal sealed class BoundUpgrade(
    string compatible,
    Location location,
    IMethodSymbol method,
    ITypeSymbol? oldStateType,
    ImmutableArray<BoundParameter> parameters,
    ReturnConvention returns)
{
    /// <summary>The compatible string of the older version.</summary>
    public string Compatible { get; } = compatible;

    /// <summary>Where that string is written.</summary>
    public Location Location { get; } = location;

    public IMethodSymbol Method { get; } = method;

    /// <summary>The <c>[PreservedState]</c> struct of the older version; null only with binding errors.</summary>
    public ITypeSymbol? OldStateType { get; } = oldStateType;

    /// <summary>The parameters in the order of declaration; the state passed as <c>out</c> is today's.</summary>
    public ImmutableArray<BoundParameter> Parameters { get; } = parameters;

    /// <summary>An <c>Errno</c>, or the state itself.</summary>
    public ReturnConvention Returns { get; } = returns;
}
