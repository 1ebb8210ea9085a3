using System.Collections.Immutable;
using System.Reflection.Metadata;
using LuoHandlers.Generator.Binding;
using LuoHandlers.Generator.Model;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator;

/// <summary>Finds out whether a referenced assembly has handlers, from its <c>LiveUpdateHandlers</c> attribute.</summary>
internal static class ReferenceReader
{
    /// <summary>The registration of a referenced assembly; null if it has no handlers.</summary>
    public static ReferencedRegistration? Read(MetadataReference reference, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string alias = FindAlias(reference.Properties.Aliases);
        return reference switch
        {
            CompilationReference compilation => Read(compilation.Compilation, alias),
            PortableExecutableReference file => Read(file, alias),
            _ => null,
        };
    }

    private static string FindAlias(ImmutableArray<string> aliases) =>
        aliases.IsDefaultOrEmpty || aliases.Contains(MetadataReferenceProperties.GlobalAlias) ? MetadataReferenceProperties.GlobalAlias : aliases[0];

    private static ReferencedRegistration? Read(Compilation compilation, string alias)
    {
        AttributeData? attribute = compilation.Assembly.FindAttribute(WellKnownTypeNames.LiveUpdateHandlersAttribute);
        return attribute is { ConstructorArguments.Length: > 0 } && attribute.ConstructorArguments[0].Value is INamedTypeSymbol type
            ? new ReferencedRegistration(compilation.Assembly.Name, type.ToDisplayString(MetadataFormat), alias)
            : null;
    }

    private static SymbolDisplayFormat MetadataFormat { get; } =
        new(typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    private static ReferencedRegistration? Read(PortableExecutableReference reference, string alias)
    {
        try
        {
            if (reference.GetMetadata() is not AssemblyMetadata assembly)
                return null;
            MetadataReader reader = assembly.GetModules()[0].GetMetadataReader();
            return reader.IsAssembly && ReferencesRuntime(reader) && FindRegistration(reader) is string type
                ? new ReferencedRegistration(reader.GetString(reader.GetAssemblyDefinition().Name), type, alias)
                : null;
        }
        catch (Exception exception) when (exception is BadImageFormatException or IOException)
        {
            // The compiler reports a reference that can't be read.
            return null;
        }
    }

    private static bool ReferencesRuntime(MetadataReader reader)
    {
        foreach (AssemblyReferenceHandle handle in reader.AssemblyReferences)
        {
            if (reader.StringComparer.Equals(reader.GetAssemblyReference(handle).Name, WellKnownAssemblyNames.Runtime))
                return true;
        }
        return false;
    }

    private static string? FindRegistration(MetadataReader reader)
    {
        foreach (CustomAttributeHandle handle in reader.GetAssemblyDefinition().GetCustomAttributes())
        {
            CustomAttribute attribute = reader.GetCustomAttribute(handle);
            if (!IsLiveUpdateHandlers(reader, attribute))
                continue;
            BlobReader value = reader.GetBlobReader(attribute.Value);
            // The prolog of every attribute value, then the type by its name: alone, as it lies in the same assembly.
            return value.Length >= 2 && value.ReadUInt16() == 1 ? value.ReadSerializedString()?.Split(',')[0] : null;
        }
        return null;
    }

    private static bool IsLiveUpdateHandlers(MetadataReader reader, CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind != HandleKind.MemberReference)
            return false;
        EntityHandle parent = reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        if (parent.Kind != HandleKind.TypeReference)
            return false;
        TypeReference type = reader.GetTypeReference((TypeReferenceHandle)parent);
        return $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}" == WellKnownTypeNames.LiveUpdateHandlersAttribute;
    }
}
