using System.Text.Json;
using System.Text.Json.Serialization;

namespace LuoHandlers.Conformance.Model;

/// <summary>Reads a <see cref="Descriptor"/>: a string or an integer.</summary>
internal sealed class DescriptorConverter : JsonConverter<Descriptor>
{
    public override Descriptor Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => new Descriptor(reader.GetString(), 0),
        JsonTokenType.Number => new Descriptor(null, reader.GetInt32()),
        _ => throw new JsonException("A descriptor is a name or a number."),
    };

    public override void Write(Utf8JsonWriter writer, Descriptor value, JsonSerializerOptions options) => throw new NotSupportedException();
}
