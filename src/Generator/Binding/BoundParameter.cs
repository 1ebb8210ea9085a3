using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Binding;

/// <summary>A parameter of a callback's method and what it stands for.</summary>
internal sealed class BoundParameter(IParameterSymbol symbol, ParameterRole role, UsedFlb? flb = null)
{
    public IParameterSymbol Symbol { get; } = symbol;

    public ParameterRole Role { get; } = role;

    /// <summary>The FLB whose object a handler takes; null for all else.</summary>
    public UsedFlb? Flb { get; } = flb;

    public RefKind RefKind => Symbol.RefKind;
}
