namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Where a diagnostic is expected.</summary>
public readonly struct DiagnosticLocation(FileLinePositionSpan span, DiagnosticLocationOptions options)
{
    public FileLinePositionSpan Span { get; } = span;

    public DiagnosticLocationOptions Options { get; } = options;

    /// <inheritdoc/>
    public override string ToString() => $"{Span.Path}({Span.Span.Start.Line + 1},{Span.Span.Start.Character + 1})"
        + (Options.HasFlag(DiagnosticLocationOptions.IgnoreLength) ? string.Empty : $"-({Span.Span.End.Line + 1},{Span.Span.End.Character + 1})");

    internal bool Matches(Location actual)
    {
        if (actual == Location.None)
            return false;
        FileLinePositionSpan position = actual.GetLineSpan();
        return position.Path == Span.Path
            && position.StartLinePosition == Span.StartLinePosition
            && (Options.HasFlag(DiagnosticLocationOptions.IgnoreLength) || position.EndLinePosition == Span.EndLinePosition);
    }
}
