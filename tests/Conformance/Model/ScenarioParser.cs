using System.Text.Json;
using System.Text.Json.Serialization;

namespace LuoHandlers.Conformance.Model;

/// <summary>Reads one scenario. Anything that the format does not have is an error, so that nothing written down is passed over.</summary>
internal static class ScenarioParser
{
    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        AllowOutOfOrderMetadataProperties = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false), new HexNumberConverter(), new HexBytesConverter() },
    };

    /// <exception cref="InvalidScenarioException">The line is no scenario; the message says why.</exception>
    public static Scenario Parse(string line)
    {
        Scenario scenario;
        try
        {
            scenario = JsonSerializer.Deserialize<Scenario>(line, Strict) ?? throw new InvalidScenarioException("the line is null, not a scenario");
        }
        catch (Exception malformed) when (malformed is JsonException or NotSupportedException)
        {
            throw new InvalidScenarioException(malformed.Message, malformed);
        }
        foreach (ScenarioKernel kernel in scenario.Kernels)
            ScriptRules.Check(kernel);
        return scenario;
    }

    /// <summary>The id of a line that is no valid scenario, to report it by, if it has one.</summary>
    public static string? FindId(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("id", out JsonElement id) && id.ValueKind == JsonValueKind.String
                ? id.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
