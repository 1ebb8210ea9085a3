using System.Reflection;
using LuoHandlers.Orchestrator.Profiles;

namespace LuoHandlers.Runtime.Tests.Profiles;

public sealed class KernelDocumentTests
{
    private const string Begin = "<!-- profiles -->\n";
    private const string End = "<!-- /profiles -->";

    /// <summary>Set it to 1 to write the table into the document.</summary>
    private const string UpdateVariable = "LUOHANDLERS_UPDATE_DOCUMENTS";

    [Fact]
    public void The_document_has_the_table_of_the_profiles()
    {
        string path = Path.Combine(RepositoryRoot, "docs", "kernels.md");
        string text = File.ReadAllText(path);
        int begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int end = text.IndexOf(End, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(path, text[..begin] + KernelComparison.ToMarkdown() + text[end..]);
            return;
        }
        Assert.Equal(KernelComparison.ToMarkdown(), text[begin..end]);
    }

    [Fact]
    public void Every_profile_is_found_by_its_name()
    {
        Assert.Equal(["6.19", "6.19.y", "7.0", "7.0.y", "7.2"], KernelProfile.All.Select(profile => profile.Name));
        Assert.All(KernelProfile.All, profile => Assert.Same(profile, KernelProfile.Find(profile.Name)));
        Assert.Null(KernelProfile.Find("7.1"));
    }

    [Fact]
    public void Limits_are_those_of_the_kernels()
    {
        Assert.Equal((819, 128), (KernelProfile.Linux6_19.MaximumSessions, KernelProfile.Linux6_19.MaximumFilesPerSession));
        Assert.Equal((510_000, 630_000), (KernelProfile.Linux7_2.MaximumSessions, KernelProfile.Linux7_2.MaximumFilesPerSession));
    }

    private static string RepositoryRoot => typeof(KernelDocumentTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;
}
