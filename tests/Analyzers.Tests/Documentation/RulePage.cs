using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Analyzers.Tests.Documentation;

/// <summary>A page of <c>docs/rules</c>, by its sections.</summary>
internal sealed partial class RulePage
{
    private readonly Dictionary<string, string> _sections = [];

    private RulePage(string text)
    {
        string[] parts = SectionStart().Split(text);
        Head = parts[0];
        for (int index = 1; index < parts.Length; index += 2)
            _sections.Add(parts[index], parts[index + 1].Trim());
    }

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "docs");

    /// <summary>What stands before the first section.</summary>
    public string Head { get; }

    public IEnumerable<string> SectionNames => _sections.Keys;

    public string this[string section] => _sections[section];

    public static RulePage Read(string id) => new(File.ReadAllText(Path.Combine(Folder, $"{id}.md")).ReplaceLineEndings("\n"));

    /// <summary>The code of a section, after types that all pages use.</summary>
    public string Code(string section) => $$"""
        using System.Threading;
        using System.Threading.Tasks;
        using LuoHandlers;
        using LuoHandlers.Emulation;
        using LuoHandlers.Handlers;
        using LuoHandlers.Kho;
        using LuoHandlers.Memory;
        using LuoHandlers.Orchestrator;
        using LuoHandlers.Uapi;
        using LuoHandlers.Vfs;

        public sealed class Disk : LuoFile
        {
            public ulong Size;
        }

        [PreservedState]
        public struct DiskState
        {
            public ulong Size;
        }

        [PreservedState]
        public struct TapeState
        {
            public ulong Length;
        }

        {{CodeBlock().Match(_sections[section]).Groups["code"].Value}}
        """;

    /// <summary>The oldest kernel that the code of a section is for; null if the section does not say.</summary>
    public string? MinimumKernel(string section) =>
        MinimumKernelProperty().Match(_sections[section]) is { Success: true } match ? match.Groups["kernel"].Value : null;

    /// <summary>The lock files of a section; null if it does not matter whether there are any.</summary>
    public IReadOnlyList<AdditionalText>? LockFiles(string section)
    {
        AdditionalText[] files = [.. LockFile().Matches(_sections[section]).Select(match => new LockFileText(match.Groups["name"].Value, match.Groups["text"].Value))];
        return files.Length == 0 && !Head.Contains(RuleIds.AbiLockMissing, StringComparison.Ordinal) ? null : files;
    }

    [GeneratedRegex("`(?<name>LuoAbi\\.(Uns|S)hipped\\.txt)`:\n\n```\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex LockFile();

    [GeneratedRegex("<LuoMinimumKernel>(?<kernel>.*?)</LuoMinimumKernel>")]
    private static partial Regex MinimumKernelProperty();

    [GeneratedRegex("^## (.+)\n", RegexOptions.Multiline)]
    private static partial Regex SectionStart();

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
