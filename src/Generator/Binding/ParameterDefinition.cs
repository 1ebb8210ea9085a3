using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Binding;

/// <summary>A parameter that a callback may have.</summary>
internal sealed class ParameterDefinition(ParameterRole role, params RefKind[] refKinds)
{
    public ParameterRole Role { get; } = role;

    /// <summary>How it may be passed; the first is the way that a fix writes.</summary>
    public ImmutableArray<RefKind> RefKinds { get; } = ImmutableArray.Create(refKinds);
}
