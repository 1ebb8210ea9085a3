using System.Text.Json.Serialization;

namespace LuoHandlers.Conformance.Model;

/// <summary>What a step puts into the name field of an ioctl argument: text or raw bytes; the field cuts them off.</summary>
[JsonConverter(typeof(NameFieldConverter))]
internal readonly record struct NameField(byte[] Bytes);
