using System.IO.Compression;

namespace LuoHandlers.Conformance;

/// <summary>A file of scenarios, one a line, as plain text or compressed with gzip.</summary>
internal static class ScenarioFile
{
    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="InvalidDataException">The file is not compressed as its name says, or holds no scenario.</exception>
    public static IReadOnlyList<string> ReadLines(string path)
    {
        using Stream file = File.OpenRead(path);
        using Stream content = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(content);
        var lines = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
                lines.Add(line);
        }
        return lines.Count > 0 ? lines : throw new InvalidDataException("there is no scenario in it");
    }
}
