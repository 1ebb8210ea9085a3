// How long a live update takes from the first freeze until the last file is back, by the size of what is carried, against an exec of an empty
// .NET program that is compiled in the same way: `Handover RUNS NAME=SAMPLE=HANDOVER…`, where SAMPLE is the sample, and HANDOVER this program, as they
// were published, e.g. `Handover 15 JIT=…/MemfdHandler=…/LuoHandlers.Handover`.
using System.Globalization;
using LuoHandlers.Handover;

if (args is [BareExec.Command, ..])
    return BareExec.Run(args);
if (args.Length < 2 || !int.TryParse(args[0], CultureInfo.InvariantCulture, out int runs) || runs < 1 || !args[1..].All(arg => arg.Split('=').Length == 3))
{
    Console.Error.WriteLine("Usage: Handover RUNS NAME=SAMPLE=HANDOVER…");
    return 2;
}

string[] sizes = ["4KiB", "4MiB", "256MiB", "1GiB", "8GiB"];
Console.WriteLine("| program | carried | freeze ms | bare exec ms | exec ms | boot and retrieve ms | exec to retrieved, of a bare exec | against 4 KiB |");
Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- |");
foreach (string[] program in args[1..].Select(arg => arg.Split('=')))
{
    _ = BareExec.Measure(program[2]);
    double bare = Median(Enumerable.Range(0, runs).Select(_ => BareExec.Measure(program[2])));
    double smallest = 0;
    foreach (string size in sizes)
    {
        // The first run of a size reads the program from the disk.
        _ = Sample.Run(program[1], size);
        Sample[] samples = [.. Enumerable.Range(0, runs).Select(_ => Sample.Run(program[1], size))];
        double freeze = Median(samples.Select(sample => sample.Freeze));
        double exec = Median(samples.Select(sample => sample.Exec));
        double retrieve = Median(samples.Select(sample => sample.Retrieve));
        double total = Median(samples.Select(sample => sample.Freeze + sample.Exec + sample.Retrieve));
        smallest = size == sizes[0] ? total : smallest;
        Console.WriteLine(
            $"| {program[0]} | {size} | {Format(freeze)} | {Format(bare)} | {Format(exec)} | {Format(retrieve)} | {Format((exec + retrieve) / bare)} | {Format(total / smallest)} |");
    }
}
return 0;

static double Median(params IEnumerable<double> values)
{
    double[] sorted = [.. values.Order()];
    return sorted[sorted.Length / 2];
}

static string Format(double value) => value.ToString("F2", CultureInfo.InvariantCulture);
