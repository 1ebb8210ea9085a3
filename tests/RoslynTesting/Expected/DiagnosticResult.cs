using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>A diagnostic that is expected. Every <c>With…</c> method gives a changed copy.</summary>
public readonly struct DiagnosticResult
{
    public static readonly DiagnosticResult[] EmptyDiagnosticResults = [];

    private readonly Expectation? _expectation;

    public DiagnosticResult(string id, DiagnosticSeverity severity)
        : this(new Expectation(id, severity))
    {
    }

    public DiagnosticResult(DiagnosticDescriptor descriptor)
        : this(new Expectation(descriptor.Id, descriptor.DefaultSeverity) { MessageFormat = descriptor.MessageFormat })
    {
    }

    private DiagnosticResult(Expectation expectation) => _expectation = expectation;

    public string Id => Expected.Id;

    public DiagnosticSeverity Severity => Expected.Severity;

    public ImmutableArray<DiagnosticLocation> Spans => Expected.Spans;

    public DiagnosticOptions Options => Expected.Options;

    public object?[]? MessageArguments => Expected.Arguments;

    public LocalizableString? MessageFormat => Expected.MessageFormat;

    public bool? IsSuppressed => Expected.IsSuppressed;

    public bool HasLocation => !Spans.IsEmpty;

    /// <summary>The whole message, or <see langword="null"/> when it is not compared.</summary>
    public string? Message
    {
        get
        {
            if (Expected.IgnoresMessage)
                return null;
            if (Expected.Message is not null)
                return Expected.Message;
            if (MessageFormat is null)
                return null;
            string format = MessageFormat.ToString(CultureInfo.InvariantCulture);
            try
            {
                return string.Format(CultureInfo.InvariantCulture, format, MessageArguments ?? []);
            }
            catch (FormatException)
            {
                // Too few arguments: this is then no message that an analyzer writes, and the test fails with both shown.
                return format;
            }
        }
    }

    private Expectation Expected => _expectation ?? throw new InvalidOperationException("An expected diagnostic needs an id.");

    public static DiagnosticResult CompilerError(string identifier) => new(identifier, DiagnosticSeverity.Error);

    public static DiagnosticResult CompilerWarning(string identifier) => new(identifier, DiagnosticSeverity.Warning);

    public DiagnosticResult WithSeverity(DiagnosticSeverity severity) => new(Expected with { Severity = severity });

    public DiagnosticResult WithArguments(params object[] arguments) => new(Expected with { Arguments = arguments });

    /// <summary>Expects this message; <see langword="null"/>: any.</summary>
    public DiagnosticResult WithMessage(string? message) => new(Expected with { Message = message, IgnoresMessage = message is null });

    public DiagnosticResult WithMessageFormat(LocalizableString messageFormat) => new(Expected with { MessageFormat = messageFormat });

    public DiagnosticResult WithIsSuppressed(bool? isSuppressed) => new(Expected with { IsSuppressed = isSuppressed });

    public DiagnosticResult WithOptions(DiagnosticOptions options) => new(Expected with { Options = options });

    public DiagnosticResult WithNoLocation() => WithSpans([]);

    /// <summary>Gives locations without a path this one.</summary>
    public DiagnosticResult WithDefaultPath(string path) => WithSpans(
        [.. Spans.Select(location => location.Span.Path.Length == 0 ? new DiagnosticLocation(new(path, location.Span.Span), location.Options) : location)]);

    public DiagnosticResult WithLineOffset(int offset) => WithSpans([.. Spans.Select(location => Moved(location, offset))]);

    public DiagnosticResult WithLocation(int line, int column) => WithLocation(string.Empty, line, column);

    public DiagnosticResult WithLocation(LinePosition location) => WithLocation(string.Empty, location);

    public DiagnosticResult WithLocation(string path, int line, int column) => WithLocation(path, new LinePosition(line - 1, column - 1));

    public DiagnosticResult WithLocation(string path, LinePosition location) => WithLocation(path, location, DiagnosticLocationOptions.None);

    public DiagnosticResult WithLocation(string path, LinePosition location, DiagnosticLocationOptions options) =>
        Append(new(path, location, location), options | DiagnosticLocationOptions.IgnoreLength);

    /// <summary>Expects it at the span marked <c>{|#key:…|}</c>.</summary>
    public DiagnosticResult WithLocation(int markupKey) => WithLocation(markupKey, DiagnosticLocationOptions.None);

    /// <inheritdoc cref="WithLocation(int)"/>
    public DiagnosticResult WithLocation(int markupKey, DiagnosticLocationOptions options) =>
        Append(new($"#{markupKey}", default, default), options | DiagnosticLocationOptions.InterpretAsMarkupKey);

    public DiagnosticResult WithSpan(int startLine, int startColumn, int endLine, int endColumn) =>
        WithSpan(string.Empty, startLine, startColumn, endLine, endColumn);

    public DiagnosticResult WithSpan(string path, int startLine, int startColumn, int endLine, int endColumn) =>
        WithSpan(new FileLinePositionSpan(path, new LinePosition(startLine - 1, startColumn - 1), new LinePosition(endLine - 1, endColumn - 1)));

    public DiagnosticResult WithSpan(FileLinePositionSpan span) => WithSpan(span, DiagnosticLocationOptions.None);

    public DiagnosticResult WithSpan(FileLinePositionSpan span, DiagnosticLocationOptions options) => Append(span, options);

    /// <inheritdoc/>
    public override string ToString() =>
        $"{(HasLocation ? string.Join(", ", Spans) : "(no location)")}: {Severity} {Id}{(Message is { } message ? $": {message}" : string.Empty)}"
        + (IsSuppressed is { } isSuppressed ? $" (suppressed: {isSuppressed})" : string.Empty);

    internal DiagnosticResult WithSpans(ImmutableArray<DiagnosticLocation> spans) => new(Expected with { Spans = spans });

    /// <summary>Says what of the diagnostic is not as expected, or <see langword="null"/> when all is.</summary>
    internal string? Mismatch(Diagnostic actual)
    {
        if (actual.Id != Id)
            return $"its id is {actual.Id}";
        if (!HasLocation && actual.Location != Location.None)
            return $"it has a location: {actual.Location.GetLineSpan()}";
        if (HasLocation && !Spans[0].Matches(actual.Location))
            return $"it is at {new DiagnosticLocation(actual.Location.GetLineSpan(), DiagnosticLocationOptions.None)}";
        if (HasLocation && !Options.HasFlag(DiagnosticOptions.IgnoreAdditionalLocations) && !MatchesAdditional(actual.AdditionalLocations))
            return $"its additional locations are [{string.Join(", ", actual.AdditionalLocations.Select(location => location.GetLineSpan()))}]";
        if (!Options.HasFlag(DiagnosticOptions.IgnoreSeverity) && actual.Severity != Severity)
            return $"its severity is {actual.Severity}";
        if (Message is { } message && actual.GetMessage(CultureInfo.InvariantCulture) != message)
            return $"its message is: {actual.GetMessage(CultureInfo.InvariantCulture)}";
        if (IsSuppressed is { } isSuppressed && actual.IsSuppressed != isSuppressed)
            return actual.IsSuppressed ? "it is suppressed" : "it is not suppressed";
        return null;
    }

    private static DiagnosticLocation Moved(DiagnosticLocation location, int lines)
    {
        LinePositionSpan span = location.Span.Span;
        LinePosition start = new(span.Start.Line + lines, span.Start.Character);
        LinePosition end = new(span.End.Line + lines, span.End.Character);
        return new DiagnosticLocation(new FileLinePositionSpan(location.Span.Path, start, end), location.Options);
    }

    private bool MatchesAdditional(IReadOnlyList<Location> actual)
    {
        if (actual.Count != Spans.Length - 1)
            return false;
        for (int index = 0; index < actual.Count; index++)
        {
            if (!Spans[index + 1].Matches(actual[index]))
                return false;
        }
        return true;
    }

    private DiagnosticResult Append(FileLinePositionSpan span, DiagnosticLocationOptions options) =>
        WithSpans(Spans.Add(new DiagnosticLocation(span, options)));

    private sealed record Expectation(string Id, DiagnosticSeverity Severity)
    {
        public ImmutableArray<DiagnosticLocation> Spans { get; init; } = [];

        public LocalizableString? MessageFormat { get; init; }

        public object?[]? Arguments { get; init; }

        public string? Message { get; init; }

        public bool IgnoresMessage { get; init; }

        public bool? IsSuppressed { get; init; }

        public DiagnosticOptions Options { get; init; }
    }
}
