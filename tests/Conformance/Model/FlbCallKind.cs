using System.Text.Json.Serialization;

namespace LuoHandlers.Conformance.Model;

/// <summary>The FLB calls that both steps and callbacks can make.</summary>
internal enum FlbCallKind
{
    [JsonStringEnumMemberName("flb_get_incoming")]
    GetIncoming,

    [JsonStringEnumMemberName("flb_get_outgoing")]
    GetOutgoing,

    [JsonStringEnumMemberName("flb_put_incoming")]
    PutIncoming,

    [JsonStringEnumMemberName("flb_put_outgoing")]
    PutOutgoing,
}
