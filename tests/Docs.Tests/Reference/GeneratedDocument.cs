namespace LuoHandlers.Docs.Tests.Reference;

/// <summary>A file of the repository that the code itself writes.</summary>
internal static class GeneratedDocument
{
    /// <summary>Set it to 1 to write the files instead of comparing them.</summary>
    private const string UpdateVariable = "LUOHANDLERS_UPDATE_DOCUMENTS";

    /// <summary>Asserts that a file has this content.</summary>
    /// <param name="name">The file, as seen from the repository's root.</param>
    /// <param name="content">What it must hold, to the byte.</param>
    public static void AssertIs(string name, string content)
    {
        string path = Path.Combine(Page.Repository, name);
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, content);
        }
        Assert.True(File.Exists(path), $"{name} is missing. {Remedy}");
        string[] expected = content.Split('\n');
        string[] actual = File.ReadAllText(path).ReplaceLineEndings("\n").Split('\n');
        string[] differences =
        [
            .. actual.Except(expected).Select(line => "- " + line),
            .. expected.Except(actual).Select(line => "+ " + line),
        ];
        Assert.True(expected.SequenceEqual(actual), $"{name} is not what the code says. {Remedy}\n{string.Join("\n", differences)}");
    }

    private static string Remedy => $"Run this test with {UpdateVariable}=1, and read the difference before you commit it.";
}
