using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace LuoHandlers.Runtime.Tests.Architecture;

/// <summary>
/// Finds, in a built assembly, what a namespace uses of a layer above its own: in signatures, fields, base types, constraints, attributes and method bodies.
/// </summary>
/// <param name="rootNamespace">The namespace that all layers are in.</param>
/// <param name="layers">
/// The names behind the root namespace, from low to high. Each covers the namespaces inside it; the empty one is the root namespace alone.
/// </param>
internal sealed class LayerChecker(string rootNamespace, params string[] layers)
{
    /// <summary>What points up, and what is in no layer at all; sorted, empty if all is well.</summary>
    public IReadOnlyCollection<string> FindViolations(PEReader assembly)
    {
        MetadataReader metadata = assembly.GetMetadataReader();
        var violations = new SortedSet<string>(StringComparer.Ordinal);
        foreach (TypeDefinitionHandle handle in metadata.TypeDefinitions)
        {
            TypeDefinition type = metadata.GetTypeDefinition(handle);
            string user = NameOf(metadata, handle);
            if (!IsOurs(metadata, handle))
                continue;
            if (LayerOf(metadata, handle) is not { } layer)
            {
                violations.Add($"{user} is in no known layer");
                continue;
            }
            foreach (TypeDefinitionHandle used in new ReferenceCollector(assembly, metadata).CollectFrom(type))
            {
                if (IsOurs(metadata, used) && LayerOf(metadata, used) is { } usedLayer && usedLayer > layer)
                    violations.Add($"{user} uses {NameOf(metadata, used)}");
            }
        }
        return violations;
    }

    // What the compiler adds for itself is in other namespaces, or in none.
    private bool IsOurs(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        string name = NamespaceOf(metadata, handle);
        return name == rootNamespace || name.StartsWith(rootNamespace + ".", StringComparison.Ordinal);
    }

    private int? LayerOf(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        string name = NamespaceOf(metadata, handle);
        string first = name == rootNamespace ? "" : name[(rootNamespace.Length + 1)..].Split('.')[0];
        int index = Array.IndexOf(layers, first);
        return index < 0 ? null : index;
    }

    private static string NamespaceOf(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil)
            type = metadata.GetTypeDefinition(type.GetDeclaringType());
        return metadata.GetString(type.Namespace);
    }

    private static string NameOf(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        string name = metadata.GetString(type.Name);
        return type.GetDeclaringType().IsNil
            ? $"{metadata.GetString(type.Namespace)}.{name}"
            : $"{NameOf(metadata, type.GetDeclaringType())}+{name}";
    }
}
