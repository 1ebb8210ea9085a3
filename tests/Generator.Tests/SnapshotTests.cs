using LuoHandlers.Generator.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Xunit;

namespace LuoHandlers.Generator.Tests;

/// <summary>
/// The generated text of a few handlers, kept in the folder Snapshots and reviewed when it changes. To write it anew, run the tests with
/// LUOHANDLERS_UPDATE_SNAPSHOTS=1.
/// </summary>
public sealed class SnapshotTests
{
    private const string UpdateVariable = "LUOHANDLERS_UPDATE_SNAPSHOTS";

    [Theory]
    [InlineData("Constructors")]
    [InlineData("Flbs")]
    [InlineData("Memfd")]
    [InlineData("Nested")]
    [InlineData("ScriptedHandle")]
    [InlineData("ScriptedInlineState")]
    [InlineData("ScriptedState")]
    [InlineData("Stateless")]
    [InlineData("Upgrades")]
    public void Output_is_as_reviewed(string input)
    {
        var run = new GeneratorRun(TestCompilation.Create(HandlerInput.Read(input)));
        string file = Path.Combine(BuildMetadata.ProjectDirectory, "Snapshots", input + ".cs.txt");
        string text = string.Join("\n", run.Sources.Select(source => $"// ==== {source.HintName}\n{WithoutVersion(source)}"));

        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
            File.WriteAllText(file, text);

        Assert.True(File.Exists(file), $"There is no snapshot {file}: run with {UpdateVariable}=1, and review what it writes.");
        Assert.Equal(File.ReadAllText(file), text);
    }

    private static string WithoutVersion(GeneratedSourceResult source)
    {
        string version = typeof(LiveUpdateHandlerGenerator).Assembly.GetName().Version!.ToString(3);
        return source.SourceText.ToString().Replace($"\"{version}\"", "\"version\"", StringComparison.Ordinal);
    }
}
