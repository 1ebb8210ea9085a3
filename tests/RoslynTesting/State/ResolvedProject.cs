using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>A project as it is compiled: markup taken out, everything inherited filled in.</summary>
internal sealed record ResolvedProject(
    string Name,
    string AssemblyName,
    OutputKind? OutputKind,
    ImmutableArray<(string filename, SourceText content)> Sources,
    ImmutableArray<(string filename, SourceText content)> GeneratedSources,
    ImmutableArray<(string filename, SourceText content)> AdditionalFiles,
    ImmutableArray<(string filename, SourceText content)> AnalyzerConfigFiles,
    ImmutableArray<MetadataReference> AdditionalReferences,
    ImmutableArray<string> AdditionalProjectReferences);
