using LuoHandlers.Abi;

namespace LuoHandlers.Tool;

/// <summary>Reads lock files.</summary>
internal static class AbiLockSource
{
    // Lines of people; what is larger is something else.
    private const long MaximumSize = 64 << 20;

    /// <summary>The text of a lock file.</summary>
    public static string ReadText(string path)
    {
        if (new FileInfo(path).Length > MaximumSize)
            throw new AbiFileException(path, "is too large for a lock file.");
        return File.ReadAllText(path);
    }

    /// <summary>A lock file that can be relied on.</summary>
    /// <exception cref="AbiFileException">A line of it can't be read.</exception>
    public static AbiLockFile Parse(string path, string text)
    {
        var file = AbiLockFile.Parse(text);
        if (file.Faults.FirstOrDefault(fault => fault.Kind != AbiFaultKind.Duplicate) is not { } fault)
            return file;
        string reason = fault.Kind switch
        {
            AbiFaultKind.Version => $"does not begin with '{AbiLockFile.Header}'",
            AbiFaultKind.Conflict => "is of a merge that was not finished",
            _ => fault.Reason,
        };
        throw new AbiFileException($"{path}({fault.Line + 1})", $"{reason}.");
    }
}
