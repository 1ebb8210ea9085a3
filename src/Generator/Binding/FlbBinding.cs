using System.Collections.Immutable;

namespace LuoHandlers.Generator.Binding;

/// <summary>The result of binding an FLB class: what was bound, and why it is rejected, if it is.</summary>
internal sealed class FlbBinding(BoundFlb flb, ImmutableArray<BindingError> errors)
{
    /// <summary>What was bound; complete only if <see cref="IsValid"/>.</summary>
    public BoundFlb Flb { get; } = flb;

    /// <summary>Why the FLB is rejected, in the order: the class, its compatible string, its callbacks.</summary>
    public ImmutableArray<BindingError> Errors { get; } = errors;

    /// <summary>Whether code can be generated.</summary>
    public bool IsValid => Errors.IsEmpty;
}
