namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Files by path; one without a path gets a numbered one.</summary>
public class SourceFileList(string defaultPrefix, string defaultExtension) : SourceFileCollection
{
    public void Add(string content) => Add(($"{defaultPrefix}{Count}.{defaultExtension}", content));
}
