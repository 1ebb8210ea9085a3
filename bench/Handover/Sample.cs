using System.Diagnostics;
using System.Text.Json;

namespace LuoHandlers.Handover;

/// <summary>The times of one run of the sample, in milliseconds.</summary>
/// <param name="Freeze">Freezing and writing.</param>
/// <param name="Exec">From the jump until the next program takes over the machine.</param>
/// <param name="Retrieve">From there until the last file is back: boot, registration, device, sessions, files.</param>
internal readonly record struct Sample(double Freeze, double Exec, double Retrieve)
{
    public static Sample Run(string program, string size)
    {
        using var process = Process.Start(new ProcessStartInfo(program, ["--json", "--size", size]) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException($"{program} can't be started.");
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} --size {size} ended with {process.ExitCode}: {output}");
        JsonElement times = JsonDocument.Parse(output).RootElement.GetProperty("milliseconds");
        return new Sample(Read("freeze"), Read("exec"), Read("boot") + Read("retrieve"));

        double Read(string step) => times.GetProperty(step).GetDouble();
    }
}
