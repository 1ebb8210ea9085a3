using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Binding;

/// <summary>The result of binding a typed session: its tokens, and why it is rejected, if it is.</summary>
internal sealed class SessionBinding(INamedTypeSymbol type, ImmutableArray<BoundToken> tokens, ImmutableArray<BindingError> errors)
{
    /// <summary>The class.</summary>
    public INamedTypeSymbol Type { get; } = type;

    /// <summary>The properties that have a token, in the order of declaration.</summary>
    public ImmutableArray<BoundToken> Tokens { get; } = tokens;

    /// <summary>Why the session is rejected, in the order: the class, its properties.</summary>
    public ImmutableArray<BindingError> Errors { get; } = errors;

    /// <summary>Whether code can be generated.</summary>
    public bool IsValid => Errors.IsEmpty;
}
