using System.Text.Json;
using System.Text.Json.Serialization;

namespace LuoHandlers.Conformance.Model;

/// <summary>Reads a <see cref="HexNumber"/>.</summary>
internal sealed class HexNumberConverter : JsonConverter<ulong>
{
    public override ulong Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && HexNumber.TryParse(reader.GetString(), out ulong value)
            ? value
            : throw new JsonException("A 64-bit number is a string like \"0x1f\".");

    public override void Write(Utf8JsonWriter writer, ulong value, JsonSerializerOptions options) => throw new NotSupportedException();
}
