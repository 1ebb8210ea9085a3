namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Further projects by name; asking for one creates it.</summary>
public class ProjectCollection(string language, string defaultExtension) : Dictionary<string, ProjectState>
{
    public new ProjectState this[string projectName]
    {
        get
        {
            if (!TryGetValue(projectName, out ProjectState? project))
                base[projectName] = project = new ProjectState(projectName, language, $"/{projectName}/Test", defaultExtension);
            return project;
        }
    }
}
