using LuoHandlers.Abi;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace LuoHandlers.Analyzers;

/// <summary>A lock file among the additional files of a project.</summary>
internal sealed class LockText
{
    private LockText(string path, SourceText text)
    {
        Path = path;
        Text = text;
        File = AbiLockFile.Parse(text.ToString());
    }

    public string Path { get; }

    public SourceText Text { get; }

    public AbiLockFile File { get; }

    /// <summary>The file of this name; null if the project has none.</summary>
    public static LockText? Find(AnalyzerOptions options, string name, CancellationToken cancellationToken) =>
        options.AdditionalFiles.FirstOrDefault(file => HasName(file.Path, name)) is { } file && file.GetText(cancellationToken) is { } text
            ? new LockText(file.Path, text)
            : null;

    public static bool HasName(string? path, string name) =>
        string.Equals(System.IO.Path.GetFileName(path), name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The place of a line.</summary>
    public Location FindLocation(int line)
    {
        TextSpan span = Text.Lines[Math.Min(line, Text.Lines.Count - 1)].Span;
        return Location.Create(Path, span, Text.Lines.GetLinePositionSpan(span));
    }
}
