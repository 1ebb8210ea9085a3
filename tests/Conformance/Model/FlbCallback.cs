using System.Text.Json.Serialization;

namespace LuoHandlers.Conformance.Model;

/// <summary>The callbacks of a file-lifecycle-bound object, as the format names them.</summary>
internal enum FlbCallback
{
    [JsonStringEnumMemberName("preserve")]
    Preserve,

    [JsonStringEnumMemberName("unpreserve")]
    Unpreserve,

    [JsonStringEnumMemberName("retrieve")]
    Retrieve,

    [JsonStringEnumMemberName("finish")]
    Finish,
}
