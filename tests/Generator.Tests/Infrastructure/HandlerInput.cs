using Xunit;

namespace LuoHandlers.Generator.Tests.Infrastructure;

/// <summary>The handlers in the folder Inputs, as an author writes them: each goes through every matrix.</summary>
internal static class HandlerInput
{
    /// <summary>The names of all inputs.</summary>
    public static TheoryData<string> All { get; } = [.. Directory
        .GetFiles(Folder, "*.cs")
        .Select(file => Path.GetFileNameWithoutExtension(file))
        .Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(BuildMetadata.ProjectDirectory, "Inputs");

    public static string Read(string name) => File.ReadAllText(Path.Combine(Folder, name + ".cs"));
}
