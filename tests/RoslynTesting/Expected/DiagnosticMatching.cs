using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Pairs expected with reported diagnostics, one to one.</summary>
internal static class DiagnosticMatching
{
    public static void Verify(ImmutableArray<Diagnostic> actual, ImmutableArray<DiagnosticResult> expected, IVerifier verifier)
    {
        int[] expectedOf = Pair(actual, expected);
        var unexpected = actual.Where((_, index) => expectedOf[index] < 0).ToList();
        var missing = expected.Where((_, index) => !expectedOf.Contains(index)).ToList();
        if (unexpected.Count == 0 && missing.Count == 0)
            return;

        StringBuilder message = new();
        message.AppendLine(CultureInfo.InvariantCulture, $"Expected {expected.Length} diagnostics, reported were {actual.Length}.");
        foreach (DiagnosticResult result in missing)
        {
            message.AppendLine(CultureInfo.InvariantCulture, $"Expected, but not reported: {result}");
            foreach (Diagnostic near in unexpected.Where(near => near.Id == result.Id))
                message.AppendLine(CultureInfo.InvariantCulture, $"    one like it differs: {result.Mismatch(near)}");
        }
        foreach (Diagnostic diagnostic in unexpected)
            message.AppendLine(CultureInfo.InvariantCulture, $"Reported, but not expected: {Describe(diagnostic)}");
        verifier.Fail(message.ToString());
    }

    private static string Describe(Diagnostic diagnostic) =>
        diagnostic + (diagnostic.Location.SourceTree is { } tree
            ? $" at '{tree.GetText().ToString(diagnostic.Location.SourceSpan)}'"
            : string.Empty);

    /// <summary>The index of the expected diagnostic of each reported one, or -1: a largest possible matching, whatever the order.</summary>
    private static int[] Pair(ImmutableArray<Diagnostic> actual, ImmutableArray<DiagnosticResult> expected)
    {
        int[] actualOf = [.. Enumerable.Repeat(-1, expected.Length)];
        for (int index = 0; index < actual.Length; index++)
            TryPlace(index, new bool[expected.Length]);

        int[] expectedOf = [.. Enumerable.Repeat(-1, actual.Length)];
        for (int index = 0; index < expected.Length; index++)
        {
            if (actualOf[index] >= 0)
                expectedOf[actualOf[index]] = index;
        }
        return expectedOf;

        bool TryPlace(int index, bool[] visited)
        {
            for (int candidate = 0; candidate < expected.Length; candidate++)
            {
                if (visited[candidate] || expected[candidate].Mismatch(actual[index]) is not null)
                    continue;
                visited[candidate] = true;
                if (actualOf[candidate] < 0 || TryPlace(actualOf[candidate], visited))
                {
                    actualOf[candidate] = index;
                    return true;
                }
            }
            return false;
        }
    }
}
