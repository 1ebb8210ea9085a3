using System.Collections.Immutable;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>A state as it is compiled, and every diagnostic expected in it, with real locations.</summary>
internal sealed record ResolvedSolution(
    ResolvedProject Primary, ImmutableArray<ResolvedProject> AdditionalProjects, ImmutableArray<DiagnosticResult> Expected)
{
    public IEnumerable<ResolvedProject> Projects => AdditionalProjects.Prepend(Primary);

    /// <summary>This state with a line put in front of every source.</summary>
    public ResolvedSolution WithFirstLine(string line) => this with
    {
        Primary = WithFirstLine(Primary, line),
        AdditionalProjects = [.. AdditionalProjects.Select(project => WithFirstLine(project, line))],
    };

    public bool HasSameFilesAs(ResolvedSolution other) =>
        Projects.SelectMany(AllFiles).SequenceEqual(other.Projects.SelectMany(AllFiles));

    private static IEnumerable<(string, string, string)> AllFiles(ResolvedProject project) =>
        project.Sources.Concat(project.AdditionalFiles).Concat(project.AnalyzerConfigFiles)
            .Select(file => (project.Name, file.filename, file.content.ToString()));

    private static ResolvedProject WithFirstLine(ResolvedProject project, string line) => project with
    {
        Sources = [.. project.Sources.Select(source =>
            (source.filename, source.content.Replace(default, line + "\r\n")))],
    };
}
