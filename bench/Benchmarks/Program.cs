// BenchmarkDotNet's own command line: `--filter '*Edit*'`, `--list flat`. Everything is measured in one process, one after the other, so that a
// comparison is of one run. `--emitted` prints how many bytes are generated for a handler instead.
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Running;
using LuoHandlers.Benchmarks.Generation;
using LuoHandlers.Generator;

if (args is ["--emitted"])
{
    var project = new ProjectShape(1000, 200);
    var result = ColdGeneration.CreateDriver(new LiveUpdateHandlerGenerator()).RunGenerators(HandlerSources.Compile(project)).GetRunResult();
    long bytes = result.GeneratedTrees.Sum(tree => (long)tree.GetText().Length);
    Console.WriteLine($"For each handler of {project}, {bytes / project.Handlers} bytes are generated, the registration of all of them included.");
    return;
}
BenchmarkSwitcher
    .FromAssembly(typeof(Program).Assembly)
    .Run(args, DefaultConfig.Instance.AddDiagnoser(MemoryDiagnoser.Default).AddColumn(StatisticColumn.Median));
