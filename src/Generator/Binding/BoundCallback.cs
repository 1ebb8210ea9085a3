using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Binding;

/// <summary>A callback and the method that is it. With binding errors, the parameters are those that could be bound.</summary>
internal sealed class BoundCallback(
    CallbackDefinition definition,
    IMethodSymbol method,
    ImmutableArray<BoundParameter> parameters,
    ReturnConvention returns)
{
    public CallbackDefinition Definition { get; } = definition;

    public CallbackKind Kind => Definition.Kind;

    public IMethodSymbol Method { get; } = method;

    /// <summary>The parameters in the order of declaration.</summary>
    public ImmutableArray<BoundParameter> Parameters { get; } = parameters;

    public ReturnConvention Returns { get; } = returns;

    /// <summary>The parameter of this role, or null.</summary>
    public BoundParameter? FindParameter(ParameterRole role)
    {
        foreach (BoundParameter parameter in Parameters)
        {
            if (parameter.Role == role)
                return parameter;
        }
        return null;
    }
}
