namespace Microsoft.CodeAnalysis.Testing;

/// <summary>How a test reports that something is not as expected; a test framework may bring its own.</summary>
public interface IVerifier
{
    void Empty<T>(string collectionName, IEnumerable<T> collection);

    void Equal<T>(T expected, T actual, string? message = null);

    void True(bool assert, string? message = null);

    void False(bool assert, string? message = null);

    void Fail(string? message = null);

    void LanguageIsSupported(string language);

    void NotEmpty<T>(string collectionName, IEnumerable<T> collection);

    void SequenceEqual<T>(IEnumerable<T> expected, IEnumerable<T> actual, IEqualityComparer<T>? equalityComparer = null, string? message = null);

    /// <summary>A verifier whose messages begin with <paramref name="context"/>.</summary>
    IVerifier PushContext(string context);
}
