namespace LuoHandlers.Manifests;

/// <summary>A program whose manifest can't be read: it is no .NET program, or its assembly is not beside it, or is not valid.</summary>
/// <param name="path">The file.</param>
/// <param name="fault">What is wrong, as a part of a sentence that begins with the file.</param>
/// <param name="innerException">The cause, if there is one.</param>
public sealed class InvalidManifestException(string path, string fault, Exception? innerException = null)
    : Exception($"{path} {fault}.", innerException)
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;
}
