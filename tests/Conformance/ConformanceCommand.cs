namespace LuoHandlers.Conformance;

/// <summary>The command: runs the scenarios of the files named, prints every mismatch, and last how many scenarios passed and failed.</summary>
internal static class ConformanceCommand
{
    public const int AllPassed = 0;
    public const int SomeFailed = 1;
    public const int BadUsage = 2;

    private const string Usage = """
        Usage: dotnet run -c Release --project tests/Conformance -- FILE...

        Runs the scenarios in each FILE (.jsonl or .jsonl.gz: one scenario a line) against the emulated kernel and prints
        each difference from what the real kernel did. Exit code: 0 all passed, 1 some failed, 2 a file can't be read.
        """;

    public static int Run(string[] arguments, TextWriter output, TextWriter errors)
    {
        if (arguments.Length == 0)
        {
            errors.WriteLine(Usage);
            return BadUsage;
        }
        if (arguments.Any(argument => argument is "-h" or "--help"))
        {
            output.WriteLine(Usage);
            return AllPassed;
        }
        if (arguments.FirstOrDefault(argument => argument.StartsWith('-')) is { } option)
        {
            errors.WriteLine($"Unknown option {option}: only files are taken.{Environment.NewLine}{Usage}");
            return BadUsage;
        }

        int passed = 0;
        int failed = 0;
        foreach (string path in arguments)
        {
            IReadOnlyList<string> lines;
            try
            {
                lines = ScenarioFile.ReadLines(path);
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                errors.WriteLine($"Can't read {path}: {unreadable.Message}");
                return BadUsage;
            }

            foreach (IReadOnlyList<Mismatch> mismatches in ScenarioRunner.RunAll(lines))
            {
                foreach (Mismatch mismatch in mismatches)
                    output.WriteLine(mismatch);
                if (mismatches.Count == 0)
                    passed++;
                else
                    failed++;
            }
        }
        output.WriteLine($"{passed} passed, {failed} failed");
        return failed == 0 ? AllPassed : SomeFailed;
    }
}
