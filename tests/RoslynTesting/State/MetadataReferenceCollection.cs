using System.Reflection;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Assemblies that the sources under test refer to.</summary>
public class MetadataReferenceCollection : List<MetadataReference>
{
    public void Add(Assembly assembly) => Add(assembly.Location);

    public void Add(string path) => Add(MetadataReference.CreateFromFile(path));
}
