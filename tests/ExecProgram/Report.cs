using System.Collections;
using System.Text;
using System.Text.Json;

namespace LuoHandlers.ExecProgram;

/// <summary>What the program writes to its standard output, one JSON object a line, for the test to check.</summary>
internal static class Report
{
    public static void Write(object line) => Console.WriteLine(JsonSerializer.Serialize(line));

    /// <summary>What of a process must stay the same over an exec.</summary>
    public static object Process() => new
    {
        pid = Environment.ProcessId,
        commandLine = Convert.ToHexString(File.ReadAllBytes("/proc/self/cmdline")),
        environment = Encoding.Latin1.GetString(File.ReadAllBytes("/proc/self/environ")).Split('\0', StringSplitOptions.RemoveEmptyEntries),
        variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => entry.Value),
        memoryDescriptors = MemoryDescriptors(),
    };

    /// <summary>The descriptors of machines' memories that this process has, and whether a program that it starts inherits them.</summary>
    private static Dictionary<int, bool> MemoryDescriptors()
    {
        var found = new Dictionary<int, bool>();
        foreach (string link in Directory.GetFiles("/proc/self/fd"))
        {
            if (File.ResolveLinkTarget(link, returnFinalTarget: false)?.FullName.Contains("memfd:luohandlers", StringComparison.Ordinal) == true)
                found.Add(int.Parse(Path.GetFileName(link)), !IsCloseOnExec(Path.GetFileName(link)));
        }
        return found;
    }

    private static bool IsCloseOnExec(string descriptor)
    {
        const int CloseOnExec = 0x80000;
        string flags = File.ReadLines($"/proc/self/fdinfo/{descriptor}").First(line => line.StartsWith("flags:", StringComparison.Ordinal));
        return (Convert.ToInt32(flags["flags:".Length..].Trim(), 8) & CloseOnExec) != 0;
    }
}
