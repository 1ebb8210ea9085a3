using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using LuoHandlers.Abi;

namespace LuoHandlers.Tool;

/// <summary>Reads what a built assembly hands over from its metadata: nothing of it is loaded or run.</summary>
internal static class AbiAssembly
{
    /// <summary>Whether a file could be an assembly.</summary>
    public static bool IsAssembly(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return stream.ReadByte() == 'M' && stream.ReadByte() == 'Z';
    }

    /// <summary>What the assembly can retrieve, by compatible string; null where the layout is not known.</summary>
    /// <exception cref="AbiFileException">It is no assembly, or says something that can't be read.</exception>
    public static SortedDictionary<string, AbiDescription?> Read(string path)
    {
        var descriptions = new SortedDictionary<string, AbiDescription?>(StringComparer.Ordinal);
        try
        {
            using FileStream stream = File.OpenRead(path);
            using var file = new PEReader(stream);
            if (!file.HasMetadata || file.GetMetadataReader() is not { IsAssembly: true } metadata)
                throw new AbiFileException(path, "is no .NET assembly.");
            foreach (CustomAttributeHandle handle in metadata.GetAssemblyDefinition().GetCustomAttributes())
            {
                CustomAttribute attribute = metadata.GetCustomAttribute(handle);
                if (!IsAbi(metadata, attribute))
                    continue;
                (string compatible, string text) = ReadArguments(metadata.GetBlobReader(attribute.Value));
                if (!AbiLockFile.CanHold(compatible))
                    throw new AbiFileException(path, $"has the compatible string \"{TerminalText.Printable(compatible)}\", which is not printable ASCII without blanks.");
                descriptions[compatible] = text.Length == 0
                    ? null
                    : AbiReader.ReadText(text) ?? throw new AbiFileException(path, $"says of \"{compatible}\" what can't be read.");
            }
        }
        catch (BadImageFormatException e)
        {
            throw new AbiFileException(path, $"is no valid .NET assembly: {e.Message}");
        }
        return descriptions;
    }

    private static bool IsAbi(MetadataReader metadata, CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind != HandleKind.MemberReference)
            return false;
        EntityHandle parent = metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        if (parent.Kind != HandleKind.TypeReference)
            return false;
        TypeReference type = metadata.GetTypeReference((TypeReferenceHandle)parent);
        return metadata.StringComparer.Equals(type.Namespace, nameof(LuoHandlers))
            && metadata.StringComparer.Equals(type.Name, nameof(LiveUpdateAbiAttribute));
    }

    // The prolog of every attribute, and then the three arguments.
    private static (string Compatible, string Text) ReadArguments(BlobReader value)
    {
        if (value.ReadUInt16() != 1)
            throw new BadImageFormatException("An attribute has no prolog.");
        string compatible = value.ReadSerializedString() ?? string.Empty;
        _ = value.ReadInt32();
        return (compatible, value.ReadSerializedString() ?? string.Empty);
    }
}
