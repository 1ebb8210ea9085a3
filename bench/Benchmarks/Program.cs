// BenchmarkDotNet's own command line: `--filter '*Edit*'`, `--list flat`, `--exporters json`.
// Everything is measured in one process, one after the other, so that a comparison is of one run.
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Running;

BenchmarkSwitcher
    .FromAssembly(typeof(Program).Assembly)
    .Run(args, DefaultConfig.Instance.AddDiagnoser(MemoryDiagnoser.Default).AddColumn(StatisticColumn.Median));
