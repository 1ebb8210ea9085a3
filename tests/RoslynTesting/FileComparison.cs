using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Compares two versions of a file and shows where they part.</summary>
internal static class FileComparison
{
    public static void Verify(string path, SourceText expected, SourceText actual, IVerifier verifier)
    {
        if (expected.ToString() != actual.ToString())
            verifier.Fail($"'{path}' is not as expected.{Environment.NewLine}{Differences(expected, actual)}");
        verifier.Equal(expected.Encoding, actual.Encoding, $"The encoding of '{path}' should be {expected.Encoding}, but it is {actual.Encoding}.");
    }

    /// <summary>The lines common to both start and end left out: "-" before what was expected, "+" before what is there.</summary>
    private static string Differences(SourceText expected, SourceText actual)
    {
        string[] expectedLines = Lines(expected);
        string[] actualLines = Lines(actual);
        int start = 0;
        while (start < expectedLines.Length && start < actualLines.Length && expectedLines[start] == actualLines[start])
            start++;
        int end = 0;
        while (end < expectedLines.Length - start && end < actualLines.Length - start && expectedLines[^(end + 1)] == actualLines[^(end + 1)])
            end++;

        StringBuilder differences = new();
        differences.AppendLine(CultureInfo.InvariantCulture, $"From line {start + 1} on ('-' expected, '+' actual):");
        foreach (string line in expectedLines[start..^end])
            differences.AppendLine(CultureInfo.InvariantCulture, $"-{line}");
        foreach (string line in actualLines[start..^end])
            differences.AppendLine(CultureInfo.InvariantCulture, $"+{line}");
        differences.AppendLine("All of it:").Append(actual);
        return differences.ToString();
    }

    // Line ends are part of a file: a difference in them alone must show.
    private static string[] Lines(SourceText text) =>
        [.. text.Lines.Select(line => text.ToString(line.SpanIncludingLineBreak).Replace("\r", "␍", StringComparison.Ordinal).TrimEnd('\n'))];
}
