using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Compares what generators wrote with what was expected: paths, text and encoding.</summary>
internal static class GeneratedSourcesVerification
{
    public static void Verify(GeneratorDriverRunResult result, ImmutableArray<(string filename, SourceText content)> expected, IVerifier verifier)
    {
        var actual = result.Results.SelectMany(generator => generator.GeneratedSources)
            .ToDictionary(source => source.SyntaxTree.FilePath.Replace('\\', '/'), source => source.SourceText);
        foreach ((string path, SourceText content) in expected)
        {
            string key = path.Replace('\\', '/');
            verifier.True(actual.ContainsKey(key), $"'{key}' was not generated, but: {string.Join(", ", actual.Keys)}");
            FileComparison.Verify(key, content, actual[key], verifier);
            actual.Remove(key);
        }
        verifier.Empty("generated sources that are not expected", actual.Keys);
    }
}
