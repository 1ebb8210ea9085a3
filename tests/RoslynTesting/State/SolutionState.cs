namespace Microsoft.CodeAnalysis.Testing;

/// <summary>The code before or after a fix, and what is expected to be reported in it.</summary>
public class SolutionState(string name, string language, string defaultPrefix, string defaultExtension)
    : ProjectState(name, language, defaultPrefix, defaultExtension)
{
    public ProjectCollection AdditionalProjects { get; } = new(language, defaultExtension);

    public List<DiagnosticResult> ExpectedDiagnostics { get; } = [];

    public StateInheritanceMode? InheritanceMode { get; set; }

    public MarkupMode? MarkupHandling { get; set; }

    internal bool IsEmpty => Sources.Count == 0 && AdditionalFiles.Count == 0 && AnalyzerConfigFiles.Count == 0 && AdditionalProjects.Count == 0;

    /// <summary>Whether the files are the same, markup included: then nothing is to be fixed, and the same is expected.</summary>
    internal bool HasSameFilesAs(SolutionState other) =>
        AdditionalProjects.Count == 0 && AnalyzerConfigFiles.Count == 0 && AdditionalFiles.Count == 0
        && Sources.Select(source => (source.filename, source.content.ToString()))
            .SequenceEqual(other.Sources.Select(source => (source.filename, source.content.ToString())));
}
