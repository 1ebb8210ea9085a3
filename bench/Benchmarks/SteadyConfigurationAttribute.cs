using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace LuoHandlers.Benchmarks;

/// <summary>For what can be done again and again: BenchmarkDotNet finds out how many calls an iteration needs.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SteadyConfigurationAttribute : Attribute, IConfigSource
{
    /// <inheritdoc/>
    public IConfig Config { get; } = ManualConfig.CreateEmpty().AddJob(Job.Default
        .WithToolchain(InProcessEmitToolchain.Instance)
        .WithIterationTime(TimeInterval.FromMilliseconds(150))
        .WithWarmupCount(20)
        .WithIterationCount(20));
}
