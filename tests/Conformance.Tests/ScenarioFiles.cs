namespace LuoHandlers.Conformance.Tests;

/// <summary>The scenario files that lie beside the runner.</summary>
internal static class ScenarioFiles
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Scenarios");

    public static string PathOf(string name) => Path.Combine(Folder, name);

    public static IEnumerable<string> Names => Directory.GetFiles(Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    /// <summary>The line of one hand-written scenario.</summary>
    public static string LineOf(string file, string id) =>
        ScenarioFile.ReadLines(PathOf(file)).Single(line => line.StartsWith($"{{\"id\":\"{id}\"", StringComparison.Ordinal));
}
