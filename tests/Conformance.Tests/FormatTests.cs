using System.Text.Json.Nodes;

namespace LuoHandlers.Conformance.Tests;

/// <summary>What the format does not have makes a scenario fail; it is never passed over.</summary>
public sealed class FormatTests
{
    private const string Passing = """
        {"id":"format","profile":"7.2","rule":"the least that there is","tags":[],"kernels":[{
          "boot":{"liveupdate":true},
          "handlers":[{"id":"h","compatible":"h-v1","accepts":["A"],"script":{"preserve":[{"ret":-5}]}}],
          "flbs":[{"id":"f","compatible":"f-v1","script":{"preserve":[{"ret":-5}]}}],
          "boot_expect":{"enabled":true,"mem":[2,0]},
          "steps":[{"op":"open_device","as":"d","expect":{"fd":3,"ret":0}},{"op":"close","fd":"d","expect":{"ret":0}}]}]}
        """;

    [Fact]
    public void The_scenario_passes_as_it_stands() => Assert.Empty(ScenarioRunner.Run(Passing));

    [Theory]
    [InlineData("")]
    [InlineData("kernels/0")]
    [InlineData("kernels/0/boot")]
    [InlineData("kernels/0/handlers/0")]
    [InlineData("kernels/0/handlers/0/script/preserve/0")]
    [InlineData("kernels/0/flbs/0")]
    [InlineData("kernels/0/flbs/0/script/preserve/0")]
    [InlineData("kernels/0/steps/0")]
    [InlineData("kernels/0/steps/1")]
    public void An_unknown_field_fails(string path) => AssertFails("surprise", scenario => Find(scenario, path)["surprise"] = 1);

    [Fact]
    public void An_unknown_operation_fails() =>
        AssertFails("open_sesame", scenario => Find(scenario, "kernels/0/steps/1")["op"] = "open_sesame");

    [Fact]
    public void A_step_without_an_operation_fails() =>
        AssertFails("Step", scenario => Find(scenario, "kernels/0/steps/1").AsObject().Remove("op"));

    [Fact]
    public void A_step_that_expects_nothing_at_all_fails() =>
        AssertFails("expect", scenario => Find(scenario, "kernels/0/steps/1").AsObject().Remove("expect"));

    [Fact]
    public void A_step_without_its_argument_fails() =>
        AssertFails("fd", scenario => Find(scenario, "kernels/0/steps/1").AsObject().Remove("fd"));

    [Fact]
    public void A_script_for_an_unknown_callback_fails() =>
        AssertFails("script", scenario => Find(scenario, "kernels/0/handlers/0/script")["thaw"] = new JsonArray());

    [Fact]
    public void An_unknown_callback_among_the_operations_fails() =>
        AssertFails("ops", scenario => Find(scenario, "kernels/0/handlers/0")["ops"] = new JsonArray("thaw"));

    [Fact]
    public void An_unknown_kernel_fails() => AssertFails("5.4", scenario => scenario["profile"] = "5.4");

    [Fact]
    public void A_handler_that_is_not_defined_fails() =>
        AssertFails("nobody", scenario => Find(scenario, "kernels/0/steps").AsArray()
            .Add(JsonNode.Parse("""{"op":"register_handler","h":"nobody","expect":{"ret":0}}""")));

    [Fact]
    public void A_patch_without_a_region_fails() =>
        AssertFails("region", scenario => Find(scenario, "kernels/0")["patch"] = JsonNode.Parse("""[{"off":0,"hex":"00"}]"""));

    [Theory]
    [InlineData("handlers", "preserve", """{"ret":true}""", "ret")]
    [InlineData("handlers", "can_finish", """{"ret":0}""", "ret")]
    [InlineData("handlers", "finish", """{"ret":0}""", "ret")]
    [InlineData("handlers", "finish", """{"data":"0x1"}""", "data")]
    [InlineData("handlers", "can_preserve", """{"priv":null}""", "priv")]
    [InlineData("handlers", "freeze", """{"ino":1}""", "ino")]
    [InlineData("handlers", "get_id", """{"calls":[{"op":"flb_get_incoming","flb":"f"}]}""", "calls")]
    [InlineData("handlers", "preserve", """{"calls":[{"op":"flb_get_incoming","flb":"nothing"}]}""", "nothing")]
    [InlineData("flbs", "finish", """{"ret":0}""", "Finish")]
    [InlineData("flbs", "preserve", """{"obj":"o1"}""", "o1")]
    public void A_script_that_says_what_its_callback_can_not_do_fails(string definitions, string callback, string entry, string named) =>
        AssertFails(named, scenario => Find(scenario, $"kernels/0/{definitions}/0/script")[callback] = new JsonArray(JsonNode.Parse(entry)));

    [Fact]
    public void A_boot_after_a_kernel_that_did_not_reboot_fails()
    {
        JsonNode scenario = JsonNode.Parse(Passing)!;
        scenario["kernels"]!.AsArray().Add(scenario["kernels"]![0]!.DeepClone());

        Mismatch mismatch = Assert.Single(ScenarioRunner.Run(scenario.ToJsonString()));

        Assert.Equal((1, "kernels"), (mismatch.Boot, mismatch.Field));
    }

    [Fact]
    public void A_field_given_twice_fails()
    {
        Mismatch mismatch = Assert.Single(ScenarioRunner.Run(Passing.Replace("\"as\":\"d\"", "\"as\":\"d\",\"as\":\"e\"", StringComparison.Ordinal)));

        Assert.Equal("scenario", mismatch.Field);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{}")]
    public void What_is_no_scenario_fails(string line) => Assert.Equal("scenario", Assert.Single(ScenarioRunner.Run(line)).Field);

    private static JsonNode Find(JsonNode scenario, string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries)
        .Aggregate(scenario, (node, part) => int.TryParse(part, out int index) ? node[index]! : node[part]!);

    private static void AssertFails(string named, Action<JsonNode> alter)
    {
        JsonNode scenario = JsonNode.Parse(Passing)!;
        alter(scenario);

        Mismatch mismatch = Assert.Single(ScenarioRunner.Run(scenario.ToJsonString()));

        Assert.Equal(("format", "scenario"), (mismatch.Scenario, mismatch.Field));
        Assert.Contains(named, mismatch.Actual, StringComparison.Ordinal);
    }
}
