using System.Diagnostics;
using System.Reflection;

namespace LuoHandlers.Samples.Tests;

/// <summary>A run of a program that replaces itself, to its end.</summary>
/// <param name="Pid">The process that was started.</param>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Output">What it wrote.</param>
/// <param name="Errors">What it wrote as errors.</param>
internal sealed record ProgramRun(int Pid, int ExitCode, string Output, string Errors)
{
    /// <summary>The program of a sample.</summary>
    public static string FindSample(string name) => Path.Combine(GetMetadata("SamplesDirectory"), name, GetMetadata("OutputDirectory"), name);

    /// <summary>The older build of the memfd sample.</summary>
    public static string OlderMemfdProgram { get; } = Path.Combine(GetMetadata("OlderMemfdProgramDirectory"), "LuoHandlers.OlderMemfdProgram");

    public static ProgramRun Start(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ProgramRun(process.Id, process.ExitCode, output, errors.Result);
    }

    private static string GetMetadata(string key) =>
        typeof(ProgramRun).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == key).Value!;
}
