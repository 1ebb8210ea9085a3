using System.Text.Json.Serialization;

namespace LuoHandlers.Conformance.Model;

/// <summary>What can be made to fail, as the format names it.</summary>
internal enum FaultKind
{
    [JsonStringEnumMemberName("kzalloc")]
    Kzalloc,

    [JsonStringEnumMemberName("kho_alloc")]
    KhoAlloc,

    [JsonStringEnumMemberName("anon_file")]
    AnonFile,

    [JsonStringEnumMemberName("kho_add_subtree")]
    KhoAddSubtree,

    [JsonStringEnumMemberName("kho_finalize")]
    KhoFinalize,
}
