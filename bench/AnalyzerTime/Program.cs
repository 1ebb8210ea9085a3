using System.Globalization;
using LuoHandlers.AnalyzerTime;

// How much of a compilation's time the rules take: of 100 handlers among 2,000 other files, built by the SDK with its own analyzers on.
int runs = args is [var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 3;
string folder = Directory.CreateTempSubdirectory("luo-analyzer-time-").FullName;
try
{
    ConsumerProject.Write(folder, handlers: 100, others: 2000);
    Build.Run(folder, withRules: true);
    List<Build> with = [];
    for (int run = 0; run < runs; run++)
        with.Add(Build.Run(folder, withRules: true));
    Build median = with.OrderBy(build => build.Compile).ElementAt(runs / 2);

    Console.WriteLine("| Analyzer | Milliseconds | Share of the compile |");
    Console.WriteLine("| --- | --- | --- |");
    foreach ((string name, double seconds) in median.Analyzers.OrderByDescending(pair => pair.Value))
        Console.WriteLine(Row(name, seconds, median.Compile));
    double total = median.Analyzers.Values.Sum();
    Console.WriteLine(Row("**All**", total, median.Compile));
    Console.WriteLine($"The compile took {string.Join(", ", with.Select(build => Seconds(build.Compile)))} s.");
    return total < 0.05 * median.Compile.TotalSeconds ? 0 : 1;
}
finally
{
    Directory.Delete(folder, recursive: true);
}

static string Row(string name, double seconds, TimeSpan compile) =>
    string.Create(CultureInfo.InvariantCulture, $"| {name} | {1000 * seconds:0.#} | {100 * seconds / compile.TotalSeconds:0.00} % |");

static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
