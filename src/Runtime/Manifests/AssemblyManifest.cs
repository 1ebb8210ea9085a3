using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace LuoHandlers.Manifests;

/// <summary>What the metadata of one assembly say of what it can retrieve. The file is not trusted.</summary>
internal sealed class AssemblyManifest
{
    /// <summary>The assembly that handlers are written for.</summary>
    public const string Runtime = "LuoHandlers";

    private const string AbiAttribute = nameof(LiveUpdateAbiAttribute);
    private const string HandlerAttribute = nameof(LiveUpdateFileHandlerAttribute);
    private const string FlbAttribute = nameof(LiveUpdateFlbAttribute);
    private const string HandlerNamespace = "LuoHandlers.Handlers";

    private readonly MetadataReader _reader;

    private AssemblyManifest(MetadataReader reader)
    {
        _reader = reader;
        Name = reader.GetString(reader.GetAssemblyDefinition().Name);
        // What the runtime itself references can have no handlers, and it has none but the interfaces.
        if (Name == Runtime)
            return;
        References = [.. reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name))];
        if (!References.Contains(Runtime))
            return;
        Accepted = [.. reader.GetAssemblyDefinition().GetCustomAttributes().Select(ReadAbi).OfType<AcceptedAbi>()];
        HandWrittenTypes = [.. reader.TypeDefinitions.Select(reader.GetTypeDefinition).Where(IsHandWritten).Select(type => GetName(type.Namespace, type.Name))];
    }

    /// <summary>The name of the assembly.</summary>
    public string Name { get; }

    /// <summary>The names of the assemblies that it references.</summary>
    public ImmutableArray<string> References { get; } = [];

    /// <summary>What it can retrieve.</summary>
    public ImmutableArray<AcceptedAbi> Accepted { get; } = [];

    /// <summary>The types that LUO can be given and that nothing is known of.</summary>
    public ImmutableArray<string> HandWrittenTypes { get; } = [];

    /// <summary>Reads an assembly.</summary>
    /// <exception cref="InvalidManifestException">It is none, or its metadata are not valid.</exception>
    public static AssemblyManifest Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        try
        {
            using var file = new PEReader(stream, PEStreamOptions.PrefetchMetadata);
            if (!file.HasMetadata || file.GetMetadataReader() is not { IsAssembly: true } reader)
                throw new InvalidManifestException(path, "is no .NET assembly");
            return new AssemblyManifest(reader);
        }
        catch (Exception e) when (e is BadImageFormatException or InvalidOperationException or ArgumentException or OverflowException or InvalidCastException)
        {
            throw new InvalidManifestException(path, "is no .NET assembly that can be read", e);
        }
    }

    private AcceptedAbi? ReadAbi(CustomAttributeHandle handle)
    {
        CustomAttribute attribute = _reader.GetCustomAttribute(handle);
        if (!IsAttribute(attribute, AbiAttribute))
            return null;
        BlobReader value = _reader.GetBlobReader(attribute.Value);
        // The prolog of every attribute value, then its three arguments.
        if (value.ReadUInt16() != 1 || value.ReadSerializedString() is not { Length: > 0 } compatible)
            return null;
        var kind = (LiveUpdateAbiKind)value.ReadInt32();
        string description = value.ReadSerializedString() ?? "";
        return Enum.IsDefined(kind) ? new AcceptedAbi(compatible, kind, description) : null;
    }

    // What is generated has an attribute, and its string is among those that are accepted. A type that holds another handler goes by that one's string.
    private bool IsHandWritten(TypeDefinition type) =>
        type.GetInterfaceImplementations().Any(implementation => IsHandlerInterface(_reader.GetInterfaceImplementation(implementation).Interface))
        && !type.GetCustomAttributes().Any(handle => _reader.GetCustomAttribute(handle) is var attribute
            && (IsAttribute(attribute, HandlerAttribute) || IsAttribute(attribute, FlbAttribute)))
        && !type.GetFields().Any(HoldsHandler);

    private bool HoldsHandler(FieldDefinitionHandle handle)
    {
        const byte Class = 0x12;
        BlobReader signature = _reader.GetBlobReader(_reader.GetFieldDefinition(handle).Signature);
        return signature.Length > 2
            && signature.ReadSignatureHeader().Kind == SignatureKind.Field
            && signature.ReadByte() == Class
            && IsHandlerInterface(signature.ReadTypeHandle());
    }

    private bool IsHandlerInterface(EntityHandle type)
    {
        if (type.Kind != HandleKind.TypeReference)
            return false;
        TypeReference reference = _reader.GetTypeReference((TypeReferenceHandle)type);
        return _reader.StringComparer.Equals(reference.Namespace, HandlerNamespace)
            && (_reader.StringComparer.Equals(reference.Name, nameof(Handlers.ILiveUpdateFileHandler)) || _reader.StringComparer.Equals(reference.Name, nameof(Handlers.ILiveUpdateFlb)));
    }

    private bool IsAttribute(CustomAttribute attribute, string name)
    {
        if (attribute.Constructor.Kind != HandleKind.MemberReference)
            return false;
        EntityHandle parent = _reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        if (parent.Kind != HandleKind.TypeReference)
            return false;
        TypeReference type = _reader.GetTypeReference((TypeReferenceHandle)parent);
        return _reader.StringComparer.Equals(type.Namespace, Runtime) && _reader.StringComparer.Equals(type.Name, name);
    }

    private string GetName(StringHandle space, StringHandle name) => space.IsNil ? _reader.GetString(name) : $"{_reader.GetString(space)}.{_reader.GetString(name)}";
}
