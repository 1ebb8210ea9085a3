using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Binding;

/// <summary>A parameter of a callback's method and what it stands for.</summary>
internal sealed class BoundParameter(IParameterSymbol symbol, ParameterRole role)
{
    public IParameterSymbol Symbol { get; } = symbol;

    public ParameterRole Role { get; } = role;

    public RefKind RefKind => Symbol.RefKind;
}
