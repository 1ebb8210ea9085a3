using System.Text;

namespace LuoHandlers.Emulation;

/// <summary>Which file tells what the next program of a process can retrieve.</summary>
internal static class NextProgram
{
    private const string Host = "dotnet";

    /// <summary>The program, or, where <c>dotnet</c> runs an assembly, that assembly.</summary>
    /// <param name="program">The path that is executed.</param>
    /// <param name="arguments">The command line, with the name of the program.</param>
    public static string FindFile(byte[] program, IReadOnlyList<byte[]> arguments)
    {
        string path = Encoding.UTF8.GetString(program);
        if (Path.GetFileNameWithoutExtension(path) != Host)
            return path;
        int first = arguments.Count > 1 && Encoding.UTF8.GetString(arguments[1]) == "exec" ? 2 : 1;
        return arguments.Count > first && Encoding.UTF8.GetString(arguments[first]) is var assembly && assembly.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
            ? assembly
            : path;
    }
}
