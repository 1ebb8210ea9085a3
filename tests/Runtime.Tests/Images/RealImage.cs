using System.IO.Compression;
using System.Text.Json;

namespace LuoHandlers.Runtime.Tests.Images;

/// <summary>The memory that a real Linux 7.2.13 handed over, and the description of what is in it.</summary>
internal static class RealImage
{
    private static readonly Lazy<byte[]> Unpacked = new(Unpack);

    public static byte[] Bytes => Unpacked.Value;

    public static JsonElement Description { get; } = JsonDocument.Parse(Open("linux-7.2-small.json")).RootElement;

    public static ulong Number(JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? Convert.ToUInt64(element.GetString(), 16) : element.GetUInt64();

    private static byte[] Unpack()
    {
        using var stream = new GZipStream(Open("linux-7.2-small.core.gz"), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static Stream Open(string name) => typeof(RealImage).Assembly.GetManifestResourceStream(name)!;
}
