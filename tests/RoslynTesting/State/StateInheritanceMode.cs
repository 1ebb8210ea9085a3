namespace Microsoft.CodeAnalysis.Testing;

/// <summary>What a state takes over from the state before the fix.</summary>
public enum StateInheritanceMode
{
    /// <summary>Files that it has none of its own of, references, and expected diagnostics that can't be fixed.</summary>
    AutoInherit,

    /// <summary>Nothing.</summary>
    Explicit,

    /// <summary>As <see cref="AutoInherit"/>, and every expected diagnostic.</summary>
    AutoInheritAll,
}
