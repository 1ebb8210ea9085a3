using System.Text.Json.Serialization;

namespace LuoHandlers.Conformance.Model;

/// <summary>How a step says which descriptor it means: a name that an earlier step gave, or a number.</summary>
[JsonConverter(typeof(DescriptorConverter))]
internal readonly record struct Descriptor(string? Name, int Number);
