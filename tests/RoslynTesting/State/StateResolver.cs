using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Turns what a test wrote down into what is compiled and expected.</summary>
internal sealed class StateResolver(
    IVerifier verifier, Func<DiagnosticDescriptor?> defaultDescriptor, Func<string, DiagnosticDescriptor?> findDescriptor, ImmutableHashSet<string> fixableIds)
{
    private readonly Dictionary<string, FileLinePositionSpan> _keys = [];
    private readonly List<DiagnosticResult> _expected = [];

    public ResolvedSolution Resolve(SolutionState state, SolutionState? baseState, MarkupMode defaultMarkupHandling)
    {
        if (state.InheritanceMode == StateInheritanceMode.Explicit)
            baseState = null;
        MarkupMode markupHandling = state.MarkupHandling ?? defaultMarkupHandling;
        ResolvedProject primary = ResolveProject(state, baseState, markupHandling);
        var additionalProjects = (state.AdditionalProjects.Count > 0 || baseState is null ? state : baseState).AdditionalProjects.Values
            .Select(project => ResolveProject(project, baseState?.AdditionalProjects.GetValueOrDefault(project.Name), markupHandling))
            .ToImmutableArray();

        IEnumerable<DiagnosticResult> inherited = baseState?.ExpectedDiagnostics ?? [];
        if (state.InheritanceMode != StateInheritanceMode.AutoInheritAll)
            inherited = inherited.Where(expected => !fixableIds.Contains(expected.Id));
        _expected.AddRange(inherited.Concat(state.ExpectedDiagnostics).Select(expected => Locate(expected, primary)));
        return new ResolvedSolution(primary, additionalProjects, [.. _expected]);
    }

    private ResolvedProject ResolveProject(ProjectState state, ProjectState? baseState, MarkupMode markupHandling) => new(
        state.Name,
        state.AssemblyName,
        state.OutputKind ?? baseState?.OutputKind,
        Parse(OwnOrInherited(state.Sources, baseState?.Sources), markupHandling),
        [.. OwnOrInherited(state.GeneratedSources, baseState?.GeneratedSources)],
        Parse(OwnOrInherited(state.AdditionalFiles, baseState?.AdditionalFiles), markupHandling),
        Parse(OwnOrInherited(state.AnalyzerConfigFiles, baseState?.AnalyzerConfigFiles), markupHandling),
        [.. (baseState?.AdditionalReferences ?? []).Concat(state.AdditionalReferences).Distinct()],
        [.. (baseState?.AdditionalProjectReferences ?? []).Concat(state.AdditionalProjectReferences).Distinct()]);

    private static SourceFileCollection OwnOrInherited(SourceFileCollection own, SourceFileCollection? inherited) =>
        own.Count > 0 || inherited is null ? own : inherited;

    private ImmutableArray<(string filename, SourceText content)> Parse(SourceFileCollection files, MarkupMode markupHandling)
    {
        if (markupHandling == MarkupMode.None)
            return [.. files];
        var parsed = ImmutableArray.CreateBuilder<(string, SourceText)>(files.Count);
        foreach ((string path, SourceText content) in files)
        {
            MarkupText markup = MarkupText.Parse(content.ToString(), verifier.PushContext($"Markup of '{path}'"));
            SourceText text = SourceText.From(markup.Text, content.Encoding, content.ChecksumAlgorithm);
            parsed.Add((path, text));
            foreach ((string? label, TextSpan span) in markup.Spans)
            {
                FileLinePositionSpan position = new(path, text.Lines.GetLinePositionSpan(span));
                if (label is ['#', ..])
                    verifier.True(_keys.TryAdd(label, position), $"The markup key '{label}' is used more than once.");
                else
                    Expect(label, position, markupHandling);
            }
        }
        return parsed.MoveToImmutable();
    }

    private void Expect(string? id, FileLinePositionSpan position, MarkupMode markupHandling)
    {
        DiagnosticDescriptor? descriptor = id is null ? defaultDescriptor() : findDescriptor(id);
        if (id is null)
            verifier.True(descriptor is not null, "Markup without an id needs an analyzer with exactly one descriptor, or MarkupOptions.UseFirstDescriptor.");
        string effectiveId = id ?? descriptor!.Id;
        if (markupHandling == MarkupMode.Ignore || (markupHandling == MarkupMode.IgnoreFixable && fixableIds.Contains(effectiveId)))
            return;
        var expected = descriptor is null
            ? DiagnosticResult.CompilerError(effectiveId).WithOptions(DiagnosticOptions.IgnoreAdditionalLocations | DiagnosticOptions.IgnoreSeverity)
            : new DiagnosticResult(descriptor).WithOptions(DiagnosticOptions.IgnoreAdditionalLocations);
        _expected.Add(expected.WithMessage(null).WithSpan(position));
    }

    private DiagnosticResult Locate(DiagnosticResult expected, ResolvedProject primary)
    {
        var located = ImmutableArray.CreateBuilder<DiagnosticLocation>(expected.Spans.Length);
        foreach (DiagnosticLocation location in expected.Spans)
        {
            if (location.Options.HasFlag(DiagnosticLocationOptions.InterpretAsMarkupKey))
            {
                string label = location.Span.Path;
                verifier.True(_keys.ContainsKey(label), $"The markup key '{label}' is not in the sources.");
                located.Add(new DiagnosticLocation(_keys[label], location.Options & ~DiagnosticLocationOptions.InterpretAsMarkupKey));
            }
            else if (location.Span.Path.Length == 0 && primary.Sources.Length > 0)
            {
                located.Add(new DiagnosticLocation(new FileLinePositionSpan(primary.Sources[0].filename, location.Span.Span), location.Options));
            }
            else
            {
                located.Add(location);
            }
        }
        return expected.WithSpans(located.MoveToImmutable());
    }
}
