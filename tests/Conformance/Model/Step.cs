using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LuoHandlers.Conformance.Model;

/// <summary>Something done in a running kernel. The nested types are all the operations that the format has, with their arguments.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "op")]
[JsonDerivedType(typeof(OpenDevice), "open_device")]
[JsonDerivedType(typeof(OpenFile), "open_file")]
[JsonDerivedType(typeof(Dup), "dup")]
[JsonDerivedType(typeof(Close), "close")]
[JsonDerivedType(typeof(CreateSession), "create_session")]
[JsonDerivedType(typeof(RetrieveSession), "retrieve_session")]
[JsonDerivedType(typeof(PreserveFd), "preserve_fd")]
[JsonDerivedType(typeof(RetrieveFd), "retrieve_fd")]
[JsonDerivedType(typeof(Finish), "finish")]
[JsonDerivedType(typeof(GetName), "get_name")]
[JsonDerivedType(typeof(Ioctl), "ioctl")]
[JsonDerivedType(typeof(RegisterHandler), "register_handler")]
[JsonDerivedType(typeof(UnregisterHandler), "unregister_handler")]
[JsonDerivedType(typeof(RegisterFlb), "register_flb")]
[JsonDerivedType(typeof(UnregisterFlb), "unregister_flb")]
[JsonDerivedType(typeof(FlbGetIncoming), "flb_get_incoming")]
[JsonDerivedType(typeof(FlbGetOutgoing), "flb_get_outgoing")]
[JsonDerivedType(typeof(FlbPutIncoming), "flb_put_incoming")]
[JsonDerivedType(typeof(FlbPutOutgoing), "flb_put_outgoing")]
[JsonDerivedType(typeof(Module), "module")]
[JsonDerivedType(typeof(Inject), "inject")]
[JsonDerivedType(typeof(Reboot), "reboot")]
internal abstract record Step
{
    private static readonly FrozenDictionary<Type, string> OperationNames = typeof(Step)
        .GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToFrozenDictionary(operation => operation.DerivedType, operation => (string)operation.TypeDiscriminator!);

    public required JsonElement Expect { get; init; }

    /// <summary>What the format calls the operation.</summary>
    [JsonIgnore]
    public string Operation => OperationNames[GetType()];

    /// <summary>A step that gets a descriptor.</summary>
    public abstract record Opening : Step
    {
        /// <summary>The name that the descriptor gets if the step succeeds.</summary>
        public string? As { get; init; }
    }

    public sealed record OpenDevice : Opening;

    public sealed record OpenFile : Opening
    {
        /// <summary>The label of the file.</summary>
        public required string File { get; init; }

        public required string Kind { get; init; }

        public long Ino { get; init; }

        /// <summary>Opened as with <c>O_PATH</c>.</summary>
        public bool PathOnly { get; init; }
    }

    public sealed record Dup : Opening
    {
        public required Descriptor Fd { get; init; }
    }

    public sealed record Close : Step
    {
        public required Descriptor Fd { get; init; }
    }

    public sealed record CreateSession : Opening
    {
        public required Descriptor Dev { get; init; }

        public required NameField Name { get; init; }
    }

    public sealed record RetrieveSession : Opening
    {
        public required Descriptor Dev { get; init; }

        public required NameField Name { get; init; }
    }

    public sealed record PreserveFd : Step
    {
        [JsonPropertyName("s")]
        public required Descriptor Session { get; init; }

        public required Descriptor Fd { get; init; }

        public required ulong Token { get; init; }
    }

    public sealed record RetrieveFd : Opening
    {
        [JsonPropertyName("s")]
        public required Descriptor Session { get; init; }

        public required ulong Token { get; init; }
    }

    public sealed record Finish : Step
    {
        [JsonPropertyName("s")]
        public required Descriptor Session { get; init; }

        public uint Reserved { get; init; }
    }

    public sealed record GetName : Step
    {
        [JsonPropertyName("s")]
        public required Descriptor Session { get; init; }

        public uint Reserved { get; init; }
    }

    /// <summary>An ioctl on raw bytes.</summary>
    public sealed record Ioctl : Opening
    {
        public required Descriptor Fd { get; init; }

        public required ulong Cmd { get; init; }

        /// <summary>The whole user buffer; null for a null pointer.</summary>
        public required byte[]? Arg { get; init; }

        public IReadOnlyList<DescriptorPatch> FdAt { get; init; } = [];

        /// <summary>The buffer can't be written.</summary>
        public bool Ro { get; init; }
    }

    public sealed record RegisterHandler : Step
    {
        [JsonPropertyName("h")]
        public required string Handler { get; init; }
    }

    public sealed record UnregisterHandler : Step
    {
        [JsonPropertyName("h")]
        public required string Handler { get; init; }
    }

    public sealed record RegisterFlb : Step
    {
        [JsonPropertyName("h")]
        public required string Handler { get; init; }

        public required string Flb { get; init; }
    }

    public sealed record UnregisterFlb : Step
    {
        [JsonPropertyName("h")]
        public required string Handler { get; init; }

        public required string Flb { get; init; }
    }

    public sealed record FlbGetIncoming : Step
    {
        public required string Flb { get; init; }
    }

    public sealed record FlbGetOutgoing : Step
    {
        public required string Flb { get; init; }
    }

    public sealed record FlbPutIncoming : Step
    {
        public required string Flb { get; init; }
    }

    public sealed record FlbPutOutgoing : Step
    {
        public required string Flb { get; init; }
    }

    /// <summary>Lets a module go away, or come back.</summary>
    public sealed record Module : Step
    {
        public required string Owner { get; init; }

        public required bool Live { get; init; }
    }

    /// <summary>Makes an allocation, or another operation of the kernel, fail once.</summary>
    public sealed record Inject : Step
    {
        public required FaultKind What { get; init; }

        public int Nth { get; init; }
    }

    public sealed record Reboot : Step;
}
