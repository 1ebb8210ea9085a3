using System.Text.Json;
using System.Text.Json.Nodes;

namespace LuoHandlers.Conformance;

/// <summary>
/// Compares what a step did with what is expected of it, field by field. What is on one side only is a difference, so that a field which
/// the runner does not know can't pass.
/// </summary>
internal static class ExpectationComparer
{
    private const string Nothing = "nothing";
    private const string Warnings = "warn";
    private const string Released = "released";
    private const int LongestValue = 200;

    /// <summary>How many lines the kernel prints is not part of its behaviour.</summary>
    private static readonly string[] PrintedLines = ["pr_warn", "pr_err"];

    public static List<Difference> Compare(JsonElement expected, JsonObject actual)
    {
        var differences = new List<Difference>();
        CompareObject(differences, "", expected, actual);
        return differences;
    }

    private static void CompareValue(List<Difference> differences, string path, JsonElement expected, JsonNode? actual)
    {
        switch (expected.ValueKind, actual)
        {
            case (JsonValueKind.Object, JsonObject found):
                CompareObject(differences, path, expected, found);
                break;
            case (JsonValueKind.Array, JsonArray found) when path == Released:
                CompareSet(differences, path, expected, found);
                break;
            case (JsonValueKind.Array, JsonArray found):
                CompareArray(differences, path, expected, found);
                break;
            default:
                if (!IsEqual(expected, actual))
                    differences.Add(Differ(path, expected.GetRawText(), actual?.ToJsonString() ?? "null"));
                break;
        }
    }

    private static void CompareObject(List<Difference> differences, string path, JsonElement expected, JsonObject actual)
    {
        foreach (JsonProperty property in expected.EnumerateObject())
        {
            string at = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            if (IsIgnored(path, property))
                continue;
            bool isFound = actual.TryGetPropertyValue(property.Name, out JsonNode? found);
            if (!isFound && at == Warnings)
                CompareValue(differences, at, property.Value, new JsonObject());
            else if (!isFound)
                differences.Add(Differ(at, property.Value.GetRawText(), Nothing));
            else
                CompareValue(differences, at, property.Value, found);
        }
        foreach ((string name, JsonNode? found) in actual)
        {
            if (!expected.TryGetProperty(name, out _))
                differences.Add(Differ(path.Length == 0 ? name : $"{path}.{name}", Nothing, found?.ToJsonString() ?? "null"));
        }
    }

    private static void CompareArray(List<Difference> differences, string path, JsonElement expected, JsonArray actual)
    {
        int expectedCount = expected.GetArrayLength();
        for (int i = 0; i < Math.Max(expectedCount, actual.Count); i++)
        {
            string at = $"{path}[{i}]";
            if (i >= expectedCount)
                differences.Add(Differ(at, Nothing, actual[i]?.ToJsonString() ?? "null"));
            else if (i >= actual.Count)
                differences.Add(Differ(at, expected[i].GetRawText(), Nothing));
            else
                CompareValue(differences, at, expected[i], actual[i]);
        }
    }

    /// <summary>The order in which files are released within a step is not part of the kernel's behaviour.</summary>
    private static void CompareSet(List<Difference> differences, string path, JsonElement expected, JsonArray actual)
    {
        IEnumerable<string> expectedMembers = expected.EnumerateArray().Select(member => member.GetRawText()).Order(StringComparer.Ordinal);
        IEnumerable<string> actualMembers = actual.Select(member => member?.ToJsonString() ?? "null").Order(StringComparer.Ordinal);
        if (!expectedMembers.SequenceEqual(actualMembers))
            differences.Add(Differ(path, expected.GetRawText(), actual.ToJsonString()));
    }

    private static bool IsIgnored(string path, JsonProperty property) => path == Warnings && PrintedLines.Contains(property.Name);

    private static bool IsEqual(JsonElement expected, JsonNode? actual) => expected.ValueKind switch
    {
        JsonValueKind.Null => actual is null,
        JsonValueKind.String => actual is JsonValue text && text.TryGetValue(out string? value) && expected.ValueEquals(value),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => actual is JsonValue && actual.ToJsonString() == expected.GetRawText(),
        _ => false,
    };

    /// <summary>Long values, such as the bytes of a page, are shown around the first place where they differ.</summary>
    private static Difference Differ(string path, string expected, string actual)
    {
        int from = 0;
        if (Math.Max(expected.Length, actual.Length) > LongestValue)
        {
            int common = expected.AsSpan().CommonPrefixLength(actual);
            from = Math.Max(0, common - (LongestValue / 4));
        }
        return new Difference(path, Excerpt(expected, from), Excerpt(actual, from));
    }

    private static string Excerpt(string value, int from)
    {
        if (from == 0 && value.Length <= LongestValue)
            return value;
        from = Math.Min(from, value.Length);
        int length = Math.Min(LongestValue, value.Length - from);
        return $"{(from > 0 ? $"(from character {from}) …" : "")}{value.AsSpan(from, length)}{(from + length < value.Length ? "…" : "")}";
    }
}
