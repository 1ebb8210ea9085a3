using System.Diagnostics;
using System.Globalization;
using LuoHandlers.Mutation;

const string TestAssembly = "LuoHandlers.Analyzers.Tests";

string repository = FindRepository();
int sample = FindOption("--sample") is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : int.MaxValue;
string code = FindOption("--code") ?? "";
string testing = FindOption("--tests") ?? "";
bool isCoverageOnly = args.Contains("--uncovered");
string built = Path.Combine(repository, "tests", "Analyzers.Tests", "bin", "Debug", "net10.0");
if (!File.Exists(Path.Combine(built, $"{TestAssembly}.dll")))
{
    Console.Error.WriteLine("Build tests/Analyzers.Tests first.");
    return 2;
}

string tests = Directory.CreateTempSubdirectory("luo-mutation-").FullName;
try
{
    Copy(built, tests);
    List<Mutant> mutants = [];
    MutatedAssembly.Write(Path.Combine(repository, "src", "Generator"), path => path.StartsWith("Binding", StringComparison.Ordinal), tests, mutants);
    MutatedAssembly.Write(Path.Combine(repository, "src", "Analyzers", "Rules"), path => !path.StartsWith("obj", StringComparison.Ordinal), tests, mutants);
    int idCount = mutants.Max(mutant => mutant.Id) + 1;
    mutants.RemoveAll(mutant => !mutant.Place.Contains(code, StringComparison.Ordinal));
    Console.WriteLine($"{mutants.Count} mutants.");
    return Report(mutants, Run(mutants, idCount), isCoverageOnly ? "reached by a test" : "noticed");
}
finally
{
    Directory.Delete(tests, recursive: true);
}

string? FindOption(string name) => Array.IndexOf(args, name) is int index and >= 0 && index + 1 < args.Length ? args[index + 1] : null;

List<Mutant> Run(List<Mutant> mutants, int idCount)
{
    using TestProcess process = new(tests, TestAssembly, idCount);
    var covering = Cover(process, testing);
    if (isCoverageOnly)
        return FindUncovered(mutants, covering);
    List<Mutant> chosen = [.. mutants.Where((_, index) => sample >= mutants.Count || (long)index * sample / mutants.Count != (long)(index - 1) * sample / mutants.Count)];
    List<Mutant> survivors = [];
    for (int index = 0; index < chosen.Count; index++)
    {
        Mutant mutant = chosen[index];
        if (index > 0 && index % 50 == 0)
            Console.WriteLine($"{index}/{chosen.Count} tried, {survivors.Count} survived.");
        // The quick ones first: most mutants don't survive them.
        string[] methods = [.. covering.Where(test => test.Mutants.Contains(mutant.Id)).OrderBy(test => test.Time).Select(test => test.Method)];
        bool isNoticed = (methods.Length > 0 && process.Notices(mutant.Id, methods.Take(4)))
            || (methods.Length > 4 && process.Notices(mutant.Id, methods.Skip(4).Take(30)))
            || (methods.Length > 34 && process.Notices(mutant.Id, methods.Skip(34)));
        if (isNoticed)
            continue;
        survivors.Add(mutant);
        Console.WriteLine($"{index + 1}/{chosen.Count}: {mutant.Place}: {mutant.Change} survives {methods.Length} tests.");
    }
    mutants.RemoveAll(mutant => !chosen.Contains(mutant));
    return survivors;
}

static List<(string Method, HashSet<int> Mutants, TimeSpan Time)> Cover(TestProcess process, string testing)
{
    List<(string, HashSet<int>, TimeSpan)> covering = [];
    // Tests of the testing library come to no mutant that matters.
    foreach (string method in process.List().Where(method => method.Contains(testing, StringComparison.Ordinal) && !method.Contains(".RoslynTesting.", StringComparison.Ordinal)))
    {
        var watch = Stopwatch.StartNew();
        (bool isPassed, int[] hit) = process.Cover(method);
        if (isPassed)
            covering.Add((method, [.. hit], watch.Elapsed));
        else
            Console.WriteLine($"{method} fails without any mutant, and is left out.");
    }
    Console.WriteLine($"{covering.Count} tests.");
    return covering;
}

static List<Mutant> FindUncovered(List<Mutant> mutants, List<(string Method, HashSet<int> Mutants, TimeSpan Time)> covering)
{
    HashSet<int> covered = [.. covering.SelectMany(test => test.Mutants)];
    List<Mutant> uncovered = [.. mutants.Where(mutant => !covered.Contains(mutant.Id))];
    foreach (Mutant mutant in uncovered)
        Console.WriteLine($"{mutant.Place}: {mutant.Change} is reached by no test.");
    return uncovered;
}

static int Report(List<Mutant> mutants, List<Mutant> survivors, string found)
{
    double share = 100.0 * (mutants.Count - survivors.Count) / mutants.Count;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{mutants.Count - survivors.Count} of {mutants.Count} mutants {found}: {share:0.0} %."));
    return share >= 90 ? 0 : 1;
}

static void Copy(string from, string to)
{
    foreach (string file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
    {
        string target = Path.Combine(to, Path.GetRelativePath(from, file));
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(file, target);
    }
}

static string FindRepository()
{
    DirectoryInfo? folder = new(AppContext.BaseDirectory);
    while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LuoHandlers.sln")))
        folder = folder.Parent;
    return folder?.FullName ?? throw new InvalidOperationException("This runs inside of the repository.");
}
