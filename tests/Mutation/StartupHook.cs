using System.Reflection;
using LuoHandlers.Mutation;

/// <summary>
/// Runs tests in their own process, again and again with another mutant on: the runtime calls it there before the tests' own beginning. Compiled
/// once and warm, they take a fraction of the time.
/// </summary>
internal static class StartupHook
{
    public const string AssemblyVariable = "LUO_MUTATION_TESTS";
    public const string CountVariable = "LUO_MUTATION_COUNT";

    private static readonly string[] MutatedAssemblies = ["LuoHandlers.Generator", "LuoHandlers.Analyzers"];

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(AssemblyVariable) is not { } name)
            return;
        TextReader requests = Console.In;
        TextWriter answers = Console.Out;
        Console.SetOut(TextWriter.Null);
        var tests = Assembly.Load(new AssemblyName(name));
        Type[] switches = [.. MutatedAssemblies.Select(assembly => Assembly.Load(new AssemblyName(assembly)).GetType(MutantSwitch.TypeName, throwOnError: true)!)];
        bool[] hits = new bool[int.Parse(Environment.GetEnvironmentVariable(CountVariable)!, System.Globalization.CultureInfo.InvariantCulture)];
        while (requests.ReadLine() is { } request)
        {
            string[] parts = request.Split('\t');
            int mutant = int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture);
            Array.Clear(hits);
            foreach (Type type in switches)
            {
                type.GetField(MutantSwitch.ActiveField)!.SetValue(null, mutant);
                type.GetField(MutantSwitch.HitsField)!.SetValue(null, mutant < 0 ? hits : null);
            }
            using StringWriter output = new();
            int failed = Run(tests, parts[1..], output);
            answers.WriteLine(mutant < 0 && parts[1] == "-list"
                ? string.Join('\t', output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                : $"{failed}\t{string.Join(',', Enumerable.Range(0, hits.Length).Where(id => hits[id]))}");
            answers.Flush();
        }
        Environment.Exit(0);
    }

    private static int Run(Assembly tests, string[] arguments, TextWriter output)
    {
        Type runner = Assembly.Load(new AssemblyName("xunit.v3.runner.inproc.console")).GetType("Xunit.Runner.InProc.SystemConsole.ConsoleRunner", throwOnError: true)!;
        object run = Activator.CreateInstance(runner, arguments, tests)!;
        return ((Task<int>)runner.GetMethod("EntryPoint")!.Invoke(run, [TextReader.Null, output])!).GetAwaiter().GetResult();
    }
}
