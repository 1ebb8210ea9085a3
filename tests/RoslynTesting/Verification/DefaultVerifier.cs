using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Reports with a <see cref="VerificationException"/>, so that no test framework is needed.</summary>
public class DefaultVerifier : IVerifier
{
    public DefaultVerifier()
        : this([])
    {
    }

    protected DefaultVerifier(ImmutableStack<string> context) => Context = context;

    protected ImmutableStack<string> Context { get; }

    public virtual void Empty<T>(string collectionName, IEnumerable<T> collection)
    {
        if (collection.Any())
            Fail($"'{collectionName}' should be empty, but contains: {string.Join(", ", collection)}");
    }

    public virtual void NotEmpty<T>(string collectionName, IEnumerable<T> collection)
    {
        if (!collection.Any())
            Fail($"'{collectionName}' should not be empty.");
    }

    public virtual void Equal<T>(T expected, T actual, string? message = null)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            Fail(message ?? $"Expected '{expected}', but it is '{actual}'.");
    }

    public virtual void SequenceEqual<T>(
        IEnumerable<T> expected, IEnumerable<T> actual, IEqualityComparer<T>? equalityComparer = null, string? message = null)
    {
        if (!expected.SequenceEqual(actual, equalityComparer))
            Fail(message ?? $"Expected [{string.Join(", ", expected)}], but it is [{string.Join(", ", actual)}].");
    }

    public virtual void True([DoesNotReturnIf(false)] bool assert, string? message = null)
    {
        if (!assert)
            Fail(message ?? "Expected true, but it is false.");
    }

    public virtual void False([DoesNotReturnIf(true)] bool assert, string? message = null)
    {
        if (assert)
            Fail(message ?? "Expected false, but it is true.");
    }

    [DoesNotReturn]
    public virtual void Fail(string? message = null) => throw new VerificationException(CreateMessage(message));

    public virtual void LanguageIsSupported(string language)
    {
        if (language != LanguageNames.CSharp)
            Fail($"The language '{language}' is not supported.");
    }

    public virtual IVerifier PushContext(string context)
    {
        if (GetType() != typeof(DefaultVerifier))
            throw new NotSupportedException($"{GetType()} must override {nameof(PushContext)}.");
        return new DefaultVerifier(Context.Push(context));
    }

    protected virtual string CreateMessage(string? message) =>
        string.Join(Environment.NewLine, Context.Reverse().Select(context => $"Context: {context}").Append(message ?? "The verification failed."));
}
