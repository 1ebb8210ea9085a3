using System.Text.Json.Nodes;

namespace LuoHandlers.Conformance.Tests;

/// <summary>One value that a scenario expects, and where it stands.</summary>
/// <param name="Boot">Which boot.</param>
/// <param name="Step">Which step; null for the boot itself.</param>
/// <param name="Field">Its path in what is expected; empty for all that is expected of the step.</param>
internal sealed record ExpectedPlace(int Boot, int? Step, string Field)
{
    /// <summary>All values that a scenario expects, except the counts of printed lines, which are not compared.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="isWanted">Which nodes: leaves, objects, arrays.</param>
    public static IEnumerable<ExpectedPlace> All(JsonNode scenario, Func<ExpectedPlace, JsonNode?, bool> isWanted)
    {
        JsonArray kernels = scenario["kernels"]!.AsArray();
        for (int boot = 0; boot < kernels.Count; boot++)
        {
            foreach (ExpectedPlace place in Below(new ExpectedPlace(boot, null, ""), kernels[boot]!["boot_expect"], isWanted))
                yield return place;
            JsonArray steps = kernels[boot]!["steps"]!.AsArray();
            for (int step = 0; step < steps.Count; step++)
            {
                foreach (ExpectedPlace place in Below(new ExpectedPlace(boot, step, ""), steps[step]!["expect"], isWanted))
                    yield return place;
            }
        }
    }

    /// <summary>What is expected at this place's step or boot.</summary>
    public JsonObject ExpectationIn(JsonNode scenario)
    {
        JsonNode kernel = scenario["kernels"]![Boot]!;
        return (Step is { } step ? kernel["steps"]![step]!["expect"]! : kernel["boot_expect"]!).AsObject();
    }

    /// <summary>The node at this place; null for a JSON null.</summary>
    public JsonNode? FindIn(JsonNode scenario)
    {
        JsonNode? found = ExpectationIn(scenario);
        foreach (string part in Field.Split(['.', '['], StringSplitOptions.RemoveEmptyEntries))
            found = part.EndsWith(']') ? found![int.Parse(part[..^1])] : found![part];
        return found;
    }

    /// <summary>The object or array that holds the node at this place, and the node's key or index in it.</summary>
    public (JsonNode Holder, string Key) FindHolderIn(JsonNode scenario)
    {
        int cut = Field.LastIndexOfAny(['.', '[']);
        JsonNode holder = cut < 0 ? ExpectationIn(scenario) : (this with { Field = Field[..cut] }).FindIn(scenario)!;
        return (holder, Field[(cut + 1)..].TrimEnd(']'));
    }

    private static bool IsPrintedOnly(string name, JsonNode? value) =>
        name.StartsWith("pr_", StringComparison.Ordinal)
        || (name == "warn" && value!.AsObject().All(warning => IsPrintedOnly(warning.Key, warning.Value)));

    private static IEnumerable<ExpectedPlace> Below(ExpectedPlace place, JsonNode? node, Func<ExpectedPlace, JsonNode?, bool> isWanted)
    {
        if (isWanted(place, node))
            yield return place;
        IEnumerable<(string Field, JsonNode? Child)> children = node switch
        {
            JsonObject fields => fields.Where(field => !IsPrintedOnly(field.Key, field.Value))
                .Select(field => (place.Field.Length == 0 ? field.Key : $"{place.Field}.{field.Key}", field.Value)),
            JsonArray items => items.Select((item, index) => ($"{place.Field}[{index}]", item)),
            _ => [],
        };
        foreach ((string field, JsonNode? child) in children)
        {
            foreach (ExpectedPlace found in Below(place with { Field = field }, child, isWanted))
                yield return found;
        }
    }
}
