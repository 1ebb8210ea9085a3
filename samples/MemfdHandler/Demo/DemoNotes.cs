using System.Text.Json;
using System.Text.Json.Serialization;
using LuoHandlers.Vfs;

namespace MemfdHandlerSample.Demo;

/// <summary>What the first program leaves to the second, as JSON in a memfd of its own: what to compare with.</summary>
internal sealed record DemoNotes(int Pid, double PreserveMilliseconds, IReadOnlyList<FileNote> Files)
{
    public void Write(Memfd file) => file.WriteAt(0, JsonSerializer.SerializeToUtf8Bytes(this, DemoJson.Default.DemoNotes));

    public static DemoNotes Read(Memfd file)
    {
        byte[] bytes = new byte[file.Size];
        file.ReadAt(0, bytes);
        return JsonSerializer.Deserialize(bytes.AsSpan().TrimEnd((byte)0), DemoJson.Default.DemoNotes)
            ?? throw new InvalidDataException("The notes of the first program are empty.");
    }
}

/// <summary>A file as the first program saw it last.</summary>
internal sealed record FileNote(DemoFile File, string Sha256);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DemoNotes))]
[JsonSerializable(typeof(DemoResult))]
internal sealed partial class DemoJson : JsonSerializerContext;
