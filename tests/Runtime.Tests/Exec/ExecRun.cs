using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace LuoHandlers.Runtime.Tests.Exec;

/// <summary>A run of the program that replaces itself, with what it reported in each of its lives.</summary>
/// <param name="Pid">The process that was started.</param>
/// <param name="Reports">One for each line that it wrote.</param>
internal sealed record ExecRun(int Pid, IReadOnlyList<JsonElement> Reports)
{
    private const string ProgramName = "LuoHandlers.ExecProgram";

    /// <summary>The program as it is executed without <c>dotnet</c>.</summary>
    public static string ProgramPath { get; } = Path.Combine(
        typeof(ExecRun).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "ExecProgramDirectory").Value!,
        ProgramName);

    /// <summary>Runs the program to its end, and expects that it succeeds.</summary>
    /// <param name="arguments">What to do; text of a shell, so that it can hold bytes that are no UTF-8.</param>
    /// <param name="variables">Assignments for the environment, in the words of a shell, too.</param>
    /// <param name="launcher">How the program is started.</param>
    public static ExecRun Start(string arguments, string variables = "", string? launcher = null)
    {
        launcher ??= $"'{ProgramPath}'";
        using Process process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"{variables} exec {launcher} {arguments}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"The program ended with {process.ExitCode}: {errors.Result}{output}");
        return new ExecRun(process.Id, [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)]);
    }
}
