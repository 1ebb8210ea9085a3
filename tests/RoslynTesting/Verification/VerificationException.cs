namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Something is not as a test expects it.</summary>
public sealed class VerificationException : InvalidOperationException
{
    public VerificationException()
    {
    }

    public VerificationException(string message)
        : base(message)
    {
    }

    public VerificationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
