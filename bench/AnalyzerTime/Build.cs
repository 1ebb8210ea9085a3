using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace LuoHandlers.AnalyzerTime;

/// <summary>One build of the project: how long the compiler took, and what it says of the time of each analyzer.</summary>
internal sealed partial class Build
{
    private Build(TimeSpan compile, IReadOnlyDictionary<string, double> analyzers)
    {
        Compile = compile;
        Analyzers = analyzers;
    }

    public TimeSpan Compile { get; }

    /// <summary>The seconds of each of our analyzers, by name; what is below a millisecond counts as half of one.</summary>
    public IReadOnlyDictionary<string, double> Analyzers { get; }

    public static Build Run(string folder, bool withRules)
    {
        ProcessStartInfo start = new("dotnet", ["build", folder, "--no-incremental", "-v:detailed", "-clp:PerformanceSummary", "-nodeReuse:false", "-p:ReportAnalyzer=true", $"-p:WithRules={withRules}"])
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException(output[^Math.Min(output.Length, 4000)..]);
        var compile = TimeSpan.FromMilliseconds(int.Parse(CompileTime().Match(output).Groups[1].Value, CultureInfo.InvariantCulture));
        var analyzers = AnalyzerTime().Matches(output)
            .DistinctBy(match => match.Groups[2].Value)
            .ToDictionary(
                match => match.Groups[2].Value,
                match => match.Groups[1].Value.StartsWith('<') ? 0.0005 : double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
        return new Build(compile, analyzers);
    }

    [GeneratedRegex(@"(\d+) ms +Csc +\d+ calls")]
    private static partial Regex CompileTime();

    [GeneratedRegex(@"^ *(<?[\d.]+) +<?\d+ +LuoHandlers\.Analyzers\.(\w+) \(", RegexOptions.Multiline)]
    private static partial Regex AnalyzerTime();
}
