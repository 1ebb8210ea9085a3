using System.Text.Json.Serialization;

namespace LuoHandlers.Conformance.Model;

/// <summary>The callbacks of a file handler, as the format names them.</summary>
internal enum FileCallback
{
    [JsonStringEnumMemberName("can_preserve")]
    CanPreserve,

    [JsonStringEnumMemberName("preserve")]
    Preserve,

    [JsonStringEnumMemberName("unpreserve")]
    Unpreserve,

    [JsonStringEnumMemberName("freeze")]
    Freeze,

    [JsonStringEnumMemberName("unfreeze")]
    Unfreeze,

    [JsonStringEnumMemberName("retrieve")]
    Retrieve,

    [JsonStringEnumMemberName("can_finish")]
    CanFinish,

    [JsonStringEnumMemberName("finish")]
    Finish,

    [JsonStringEnumMemberName("get_id")]
    GetId,
}
