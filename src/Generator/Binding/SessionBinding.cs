using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Binding;

/// <summary>The result of binding a typed session: its tokens, and why it is rejected, if it is.</summary>
internal sealed class SessionBinding(INamedTypeSymbol type, ImmutableArray<BoundToken> tokens, ImmutableArray<BindingError> errors, bool canHaveOtherPart)
{
    /// <summary>The class.</summary>
    public INamedTypeSymbol Type { get; } = type;

    /// <summary>The properties that have a token, in the order of declaration.</summary>
    public ImmutableArray<BoundToken> Tokens { get; } = tokens;

    /// <summary>Why the session is rejected, in the order: the class, its properties.</summary>
    public ImmutableArray<BindingError> Errors { get; } = errors;

    /// <summary>Whether code can be generated.</summary>
    public bool IsValid => Errors.IsEmpty;

    /// <summary>Whether the class itself could have another part, whatever is wrong with what is in it.</summary>
    public bool CanHaveOtherPart { get; } = canHaveOtherPart;

    /// <summary>Whether the members of the other part have their names to themselves.</summary>
    public bool CanHaveMembers => CanHaveOtherPart && !Errors.Any(error => error.Kind is BindingErrorKind.SessionMemberTaken or BindingErrorKind.SessionMemberHidden or BindingErrorKind.SessionDerivesFromSession);
}
