using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LuoHandlers.Conformance.Model;

/// <summary>Reads a <see cref="NameField"/>: a string, or an object with the one property <c>hex</c>.</summary>
internal sealed class NameFieldConverter : JsonConverter<NameField>
{
    public override NameField Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
            return new NameField(Encoding.UTF8.GetBytes(reader.GetString()!));
        return new NameField(JsonSerializer.Deserialize<RawBytes>(ref reader, options)!.Hex);
    }

    public override void Write(Utf8JsonWriter writer, NameField value, JsonSerializerOptions options) => throw new NotSupportedException();

    private sealed record RawBytes
    {
        public required byte[] Hex { get; init; }
    }
}
