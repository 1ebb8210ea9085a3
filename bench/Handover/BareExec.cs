using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace LuoHandlers.Handover;

/// <summary>An exec of a .NET program that does nothing, by a .NET program that does nothing else.</summary>
internal static partial class BareExec
{
    /// <summary>The first argument of the programs that measure.</summary>
    public const string Command = "--bare-exec";

    /// <summary>From execve to the first line of the next program, in milliseconds.</summary>
    /// <param name="program">This program, compiled as the programs are that it is compared with.</param>
    public static double Measure(string program)
    {
        using var process = Process.Start(new ProcessStartInfo(program, [Command]) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("The measured program can't be started.");
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return double.Parse(output, CultureInfo.InvariantCulture);
    }

    public static int Run(string[] args)
    {
        long arrived = Stopwatch.GetTimestamp();
        if (args.Length == 2)
        {
            Console.WriteLine(Stopwatch.GetElapsedTime(long.Parse(args[1], CultureInfo.InvariantCulture), arrived).TotalMilliseconds);
            return 0;
        }
        string program = Environment.ProcessPath!;
        _ = Execute(program, [program, Command, Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture), null]);
        throw new InvalidOperationException($"execve failed: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    // execv keeps the environment.
    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string program, string?[] arguments);
}
