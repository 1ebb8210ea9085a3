using System.Collections.Immutable;

namespace LuoHandlers.Manifests;

/// <summary>
/// What a .NET program can retrieve: what the generator wrote into its assembly, and into those that it references. It is read from the files;
/// nothing of the program is loaded or run.
/// </summary>
public sealed class ProgramManifest
{
    internal ProgramManifest(string path, ImmutableArray<AcceptedAbi> accepted, ImmutableArray<string> gaps)
    {
        Path = path;
        Accepted = accepted;
        Gaps = gaps;
    }

    /// <summary>The assembly of the program.</summary>
    public string Path { get; }

    /// <summary>What it can retrieve, in ordinal order.</summary>
    public IReadOnlyList<AcceptedAbi> Accepted { get; }

    /// <summary>
    /// Why it may be able to retrieve more, one sentence each: an assembly that could not be read, or a handler that was not generated. Empty if
    /// what is accepted is all.
    /// </summary>
    public IReadOnlyList<string> Gaps { get; }

    /// <summary>Reads the manifest of a program.</summary>
    /// <param name="program">The program as it is executed, with its assembly beside it, or that assembly (<c>.dll</c>).</param>
    /// <exception cref="InvalidManifestException">It is no .NET program whose assembly can be found and read.</exception>
    /// <exception cref="IOException">A file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static ProgramManifest Read(string program)
    {
        ArgumentException.ThrowIfNullOrEmpty(program);
        return new ManifestReader(ProgramAssembly.Find(program)).Read();
    }

    /// <summary>What it says of a string; null if it does not name it.</summary>
    public AcceptedAbi? Find(string compatible, LiveUpdateAbiKind kind) =>
        Accepted.FirstOrDefault(accepted => accepted.Kind == kind && accepted.Compatible == compatible);
}
