namespace Microsoft.CodeAnalysis.Testing;

/// <summary>A project under test.</summary>
public class ProjectState
{
    public ProjectState(string name, string language, string defaultPrefix, string defaultExtension)
    {
        Name = name;
        AssemblyName = name;
        Language = language;
        Sources = new SourceFileList(defaultPrefix, defaultExtension);
    }

    public string Name { get; }

    public string AssemblyName { get; set; }

    public string Language { get; }

    public SourceFileList Sources { get; }

    /// <summary>What the generators are expected to add; checked exactly, text and path.</summary>
    public SourceFileCollection GeneratedSources { get; } = [];

    public SourceFileCollection AdditionalFiles { get; } = [];

    public SourceFileCollection AnalyzerConfigFiles { get; } = [];

    public MetadataReferenceCollection AdditionalReferences { get; } = [];

    /// <summary>The names of projects that this one refers to.</summary>
    public List<string> AdditionalProjectReferences { get; } = [];

    public OutputKind? OutputKind { get; set; }
}
