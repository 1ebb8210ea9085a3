namespace Microsoft.CodeAnalysis.Testing;

/// <summary>What markup in the sources of a state means.</summary>
public enum MarkupMode
{
    /// <summary>It is text.</summary>
    None,

    /// <summary>It is taken out, and expects nothing.</summary>
    Ignore,

    /// <summary>It is taken out; it expects the diagnostics that the fix under test can't fix.</summary>
    IgnoreFixable,

    /// <summary>It is taken out, and expects a diagnostic wherever it stands.</summary>
    Allow,
}
