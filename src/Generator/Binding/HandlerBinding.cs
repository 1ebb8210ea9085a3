using System.Collections.Immutable;

namespace LuoHandlers.Generator.Binding;

/// <summary>The result of binding a handler class: what was bound, and why it is rejected, if it is.</summary>
internal sealed class HandlerBinding(BoundHandler handler, ImmutableArray<BindingError> errors)
{
    /// <summary>What was bound; complete only if <see cref="IsValid"/>.</summary>
    public BoundHandler Handler { get; } = handler;

    /// <summary>Why the handler is rejected, in the order: the class, its compatible string, its callbacks, its upgrades.</summary>
    public ImmutableArray<BindingError> Errors { get; } = errors;

    /// <summary>Whether code can be generated.</summary>
    public bool IsValid => Errors.IsEmpty;
}
