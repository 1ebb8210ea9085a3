namespace Microsoft.CodeAnalysis.Testing;

/// <summary>How the location of an expected diagnostic is compared.</summary>
[Flags]
public enum DiagnosticLocationOptions
{
    None = 0,

    /// <summary>Only where it starts counts.</summary>
    IgnoreLength = 1,

    /// <summary>The path is the label of a marked span.</summary>
    InterpretAsMarkupKey = 2,
}
