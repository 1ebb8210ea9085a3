using System.Collections;
using System.Text;

namespace LuoHandlers.Native;

/// <summary>Replaces the program of this process by another one (<c>execve</c>): same pid, inherited memory file, nothing else of .NET.</summary>
internal static unsafe class ProcessImage
{
    /// <summary>The program that runs and how it was started, byte for byte.</summary>
    /// <returns>
    /// The path, what comes before the arguments - its name, or, if it runs as <c>dotnet program.dll</c>, both of these -, and the arguments.
    /// </returns>
    public static (byte[] Program, byte[][] Name, byte[][] Arguments) Current()
    {
        string program = Environment.ProcessPath ?? throw new ErrnoException(Errno.ENOENT, "The path of the running program is not known.");
        byte[][] all = Split(File.ReadAllBytes("/proc/self/cmdline"));
        int argumentCount = Environment.GetCommandLineArgs().Length - 1;
        return (Encoding.UTF8.GetBytes(program), all[..^argumentCount], all[^argumentCount..]);
    }

    /// <summary>
    /// The environment as it is now: variables that .NET has not changed keep their bytes, even if those are no UTF-8.
    /// </summary>
    /// <param name="except">The variable to leave out.</param>
    public static List<byte[]> CurrentEnvironment(string except)
    {
        var now = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            now[(string)variable.Key] = (string?)variable.Value ?? "";
        now.Remove(except);
        var entries = new List<byte[]>();
        foreach (byte[] entry in Split(File.ReadAllBytes("/proc/self/environ")))
        {
            string text = Encoding.UTF8.GetString(entry);
            int separator = text.IndexOf('=');
            if (separator > 0 && now.TryGetValue(text[..separator], out string? value) && value == text[(separator + 1)..])
            {
                entries.Add(entry);
                now.Remove(text[..separator]);
            }
        }
        foreach ((string name, string value) in now)
            entries.Add(Encoding.UTF8.GetBytes($"{name}={value}"));
        return entries;
    }

    /// <summary>Checks what can be checked before anything is given up for it.</summary>
    /// <exception cref="ErrnoException"><see cref="Errno.ENOENT"/>: no such file. <see cref="Errno.EACCES"/>: not executable, or a folder.</exception>
    public static void CheckExecutable(string program)
    {
        if (LinuxCalls.Access(program, LinuxCalls.AccessExecute) != 0)
            throw LinuxCalls.LastError($"The program {program} can't be executed");
        if (Directory.Exists(program))
            throw new ErrnoException(Errno.EACCES, $"The program {program} can't be executed: it is a folder.");
    }

    /// <summary>Replaces the program. Returns only if that failed.</summary>
    public static ErrnoException Execute(byte[] program, IReadOnlyList<byte[]> arguments, IReadOnlyList<byte[]> environment)
    {
        using var path = new NativeText([program]);
        using var argumentList = new NativeText(arguments);
        using var environmentList = new NativeText(environment);
        _ = LinuxCalls.Execute(path.Pointers[0], argumentList.Pointers, environmentList.Pointers);
        return LinuxCalls.LastError($"The program {Encoding.UTF8.GetString(program)} could not be executed");
    }

    private static byte[][] Split(byte[] bytes)
    {
        var parts = new List<byte[]>();
        int start = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == 0)
            {
                parts.Add(bytes[start..i]);
                start = i + 1;
            }
        }
        return [.. parts];
    }
}
