using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LuoHandlers.Conformance.Tests;

/// <summary>The runner notices every single difference: each test alters one expected value of a scenario that passes, and the runner must name it.</summary>
public sealed partial class AlteredExpectationTests
{
    /// <summary>Scenarios that together expect something of every kind.</summary>
    public static TheoryData<string, string> Scenarios => new()
    {
        { "handwritten-7.2.jsonl.gz", "hw-bad-compatible" },
        { "handwritten-7.2.jsonl.gz", "hw-flb-register-unregistered-handler" },
        { "handwritten-7.2.jsonl.gz", "hw-no-sessions-pa" },
        { "handwritten-7.2.jsonl.gz", "hw-ioctl-session-numbers" },
        { "handwritten-7.2.jsonl.gz", "hw-ioctl-emfile-retrieve" },
        { "handwritten-7.2.jsonl.gz", "hw-flb-get-in-callbacks" },
        { "handwritten-7.2.jsonl.gz", "hw-ioctl-finish-reserved" },
        { "handwritten-7.2.jsonl.gz", "hw-dev-disabled" },
        { "handwritten-7.2.jsonl.gz", "hw-flb-incoming-held" },
        { "handwritten-6.19.jsonl.gz", "hw-6.19-bad-root-compatible" },
        { "handwritten-6.19.jsonl.gz", "hw-6.19-dev-kho-off" },
        { "handwritten-6.19.jsonl.gz", "hw-6.19-retr-outgoing" },
        { "handwritten-6.19.jsonl.gz", "hw-6.19-ioctl-size-device" },
        { "handwritten-7.0.jsonl.gz", "hw-7.0-flb-finish-outgoing" },
        { "handwritten-7.0.jsonl.gz", "hw-7.0-flb-register-unregistered-handler" },
    };

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void An_altered_value_is_named(string file, string id) =>
        CheckEach(file, id, (_, node) => node is null or JsonValue, (scenario, place) =>
        {
            (JsonNode holder, string key) = place.FindHolderIn(scenario);
            JsonNode altered = Alter(place.FindIn(scenario));
            if (holder is JsonArray items)
                items[int.Parse(key)] = altered;
            else
                holder[key] = altered;
        });

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_value_that_is_not_expected_is_named(string file, string id) =>
        CheckEach(file, id, (place, _) => place.Field.Length > 0, (scenario, place) =>
        {
            (JsonNode holder, string key) = place.FindHolderIn(scenario);
            if (holder is JsonArray items)
            {
                // Only the last one can go without moving the others.
                while (items.Count > int.Parse(key))
                    items.RemoveAt(items.Count - 1);
            }
            else
            {
                holder.AsObject().Remove(key);
            }
        });

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_field_that_the_runner_does_not_know_is_named(string file, string id) =>
        CheckEach(file, id, (_, node) => node is JsonObject, (scenario, place) => place.FindIn(scenario)!["surprise"] = 1, addedField: "surprise");

    [Fact]
    public void No_kind_of_value_is_left_out()
    {
        IEnumerable<string> expected = ScenarioFiles.Names.Where(name => name.StartsWith("handwritten", StringComparison.Ordinal))
            .SelectMany(name => ScenarioFile.ReadLines(ScenarioFiles.PathOf(name)))
            .SelectMany(KindsIn);
        IEnumerable<string> altered = Scenarios.SelectMany(scenario => KindsIn(ScenarioFiles.LineOf(scenario.Data.Item1, scenario.Data.Item2)));

        Assert.Empty(expected.Except(altered));
    }

    [Fact]
    public void The_order_of_released_files_does_not_matter()
    {
        JsonNode scenario = JsonNode.Parse(ScenarioFiles.LineOf("random-7.2-1.jsonl.gz", "rnd-1-0611"))!;
        JsonObject expect = scenario["kernels"]![0]!["steps"]![13]!["expect"]!.AsObject();
        JsonNode?[] released = [.. expect["released"]!.AsArray().Select(label => label!.DeepClone())];
        Assert.True(released.Length > 1);

        expect["released"] = new JsonArray([.. released.Reverse()]);

        Assert.Empty(ScenarioRunner.Run(scenario.ToJsonString()));
    }

    /// <summary>Alters each wanted value of a scenario, one at a time, and runs it.</summary>
    private static void CheckEach(
        string file, string id, Func<ExpectedPlace, JsonNode?, bool> isWanted, Action<JsonNode, ExpectedPlace> alter, string? addedField = null)
    {
        string line = ScenarioFiles.LineOf(file, id);
        Assert.Empty(ScenarioRunner.Run(line));

        List<ExpectedPlace> places = [.. ExpectedPlace.All(JsonNode.Parse(line)!, isWanted)];
        foreach (ExpectedPlace place in places)
        {
            JsonNode scenario = JsonNode.Parse(line)!;
            alter(scenario, place);
            IReadOnlyList<Mismatch> mismatches = ScenarioRunner.Run(scenario.ToJsonString());
            Assert.Contains(mismatches, mismatch => IsAt(mismatch, place, addedField));
        }
    }

    /// <summary>The paths of all values that a scenario expects, without what is a matter of the scenario: indices and labels.</summary>
    private static IEnumerable<string> KindsIn(string line) =>
        ExpectedPlace.All(JsonNode.Parse(line)!, (_, node) => node is null or JsonValue)
            .Select(place => $"{(place.Step is null ? "boot" : "step")} {LabelOrIndex().Replace(place.Field, "$1*")}");

    [GeneratedRegex(@"(\[|refs\.|mods\.)[^\].]+")]
    private static partial Regex LabelOrIndex();

    private static bool IsAt(Mismatch mismatch, ExpectedPlace place, string? addedField)
    {
        string field = addedField is null ? place.Field : place.Field.Length == 0 ? addedField : $"{place.Field}.{addedField}";
        return mismatch.Boot == place.Boot && mismatch.Step == place.Step
            && (mismatch.Field == field || (mismatch.Field == "released" && field.StartsWith("released[", StringComparison.Ordinal)));
    }

    private static JsonNode Alter(JsonNode? value) => value?.GetValueKind() switch
    {
        null => "surprise",
        JsonValueKind.True => false,
        JsonValueKind.False => true,
        JsonValueKind.Number => JsonValue.Create(value.GetValue<decimal>() + 1),
        JsonValueKind.String => AlterLastCharacter(value.GetValue<string>()),
        JsonValueKind kind => throw new ArgumentException($"{kind} is no single value."),
    };

    /// <summary>The smallest change: one character, so one half of a byte in a field of bytes.</summary>
    private static string AlterLastCharacter(string text) => text.Length == 0 ? "x" : $"{text[..^1]}{(text[^1] == '0' ? '1' : '0')}";
}
