using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Binding;

/// <summary>A reason why a handler is rejected.</summary>
internal sealed class BindingError(
    BindingErrorKind kind,
    ISymbol symbol,
    Location location,
    CallbackDefinition? callback,
    params string[] arguments)
{
    /// <summary>The reason.</summary>
    public BindingErrorKind Kind { get; } = kind;

    /// <summary>The type, method or parameter that is wrong.</summary>
    public ISymbol Symbol { get; } = symbol;

    /// <summary>Where to report it: always in source, at the handler class if the symbol itself comes from another assembly.</summary>
    public Location Location { get; } = location;

    /// <summary>The callback that the error is about, or null.</summary>
    public CallbackDefinition? Callback { get; } = callback;

    /// <summary>What a message needs, as <see cref="BindingErrorKind"/> lists it for each kind.</summary>
    public ImmutableArray<string> Arguments { get; } = ImmutableArray.Create(arguments);
}
