using System.Text.Json;
using System.Text.Json.Serialization;

namespace LuoHandlers.Conformance.Model;

/// <summary>Reads bytes from a string of hexadecimal digits.</summary>
internal sealed class HexBytesConverter : JsonConverter<byte[]>
{
    public override byte[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return Convert.FromHexString(reader.GetString()!);
        }
        catch (FormatException malformed)
        {
            throw new JsonException($"Not a string of bytes in hexadecimal: {reader.GetString()}", malformed);
        }
    }

    public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options) => throw new NotSupportedException();
}
