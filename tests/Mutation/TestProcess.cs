using System.Diagnostics;
using System.Globalization;

namespace LuoHandlers.Mutation;

/// <summary>The tests in a process of their own, which is started again when a mutant has taken it down or made it hang.</summary>
internal sealed class TestProcess(string tests, string assembly, int mutantCount) : IDisposable
{
    private const int NoMutant = -1;

    // Of the processor, not of the clock: a busy machine makes no mutant hang.
    private static readonly TimeSpan MaximumWork = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan MaximumWait = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private Process? _process;

    /// <summary>The names of all test methods.</summary>
    public string[] List() => Ask(NoMutant, "-list", "methods") is { } answer ? answer.Split('\t') : throw new InvalidOperationException("The tests can't be listed.");

    /// <summary>Runs one test without any mutant: whether it passes, and the mutants that it comes to.</summary>
    public (bool IsPassed, int[] Mutants) Cover(string method)
    {
        string[] answer = Ask(NoMutant, "-method", method)?.Split('\t') ?? throw new InvalidOperationException($"{method} does not end.");
        return (answer[0] == "0", [.. answer[1].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture))]);
    }

    /// <summary>Whether any of the tests fails, hangs or crashes with the mutant on.</summary>
    public bool Notices(int mutant, IEnumerable<string> methods) =>
        Ask(mutant, ["-stopOnFail", .. methods.SelectMany(method => new[] { "-method", method })])?.Split('\t')[0] != "0";

    public void Dispose() => Stop();

    private string? Ask(int mutant, params string[] arguments)
    {
        Process process = _process ??= Start();
        process.StandardInput.WriteLine(string.Join('\t', [mutant.ToString(CultureInfo.InvariantCulture), .. arguments]));
        process.StandardInput.Flush();
        Task<string?> answer = process.StandardOutput.ReadLineAsync();
        TimeSpan before = process.TotalProcessorTime;
        var wait = Stopwatch.StartNew();
        while (!answer.Wait(Look) && !process.HasExited && process.TotalProcessorTime - before < MaximumWork && wait.Elapsed < MaximumWait)
        {
        }
        if (answer.IsCompleted && answer.Result is { } line)
            return line;
        Stop();
        return null;
    }

    private Process Start()
    {
        ProcessStartInfo start = new("dotnet", ["exec", Path.Combine(tests, $"{assembly}.dll")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(TestProcess).Assembly.Location;
        start.Environment[StartupHook.AssemblyVariable] = assembly;
        start.Environment[StartupHook.CountVariable] = mutantCount.ToString(CultureInfo.InvariantCulture);
        Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    private void Stop()
    {
        if (_process is null)
            return;
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
        _process = null;
    }
}
