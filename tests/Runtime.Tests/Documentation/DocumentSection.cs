using System.Reflection;

namespace LuoHandlers.Runtime.Tests.Documentation;

/// <summary>A part of a document that the code itself writes, between two comments: <c>&lt;!-- name --&gt;</c> and <c>&lt;!-- /name --&gt;</c>.</summary>
internal static class DocumentSection
{
    /// <summary>Set it to 1 to write the sections instead of comparing them.</summary>
    private const string UpdateVariable = "LUOHANDLERS_UPDATE_DOCUMENTS";

    private static string Documents { get; } = Path.Combine(
        typeof(DocumentSection).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!,
        "docs");

    public static void AssertIs(string document, string name, string content)
    {
        string path = Path.Combine(Documents, document);
        string text = File.ReadAllText(path).ReplaceLineEndings("\n");
        string begin = $"<!-- {name} -->\n";
        int start = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        int end = text.IndexOf($"<!-- /{name} -->", StringComparison.Ordinal);
        Assert.True(start >= begin.Length && end >= start, $"{document} has no section {name}.");
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
            File.WriteAllText(path, text[..start] + content + text[end..]);
        else
            Assert.Equal(content, text[start..end]);
    }
}
