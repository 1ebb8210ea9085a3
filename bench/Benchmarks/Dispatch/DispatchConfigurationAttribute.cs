using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace LuoHandlers.Benchmarks.Dispatch;

/// <summary>Callbacks take nanoseconds: BenchmarkDotNet finds out how many calls an iteration needs.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class DispatchConfigurationAttribute : Attribute, IConfigSource
{
    /// <inheritdoc/>
    public IConfig Config { get; } = ManualConfig.CreateEmpty().AddJob(Job.Default
        .WithToolchain(InProcessEmitToolchain.Instance)
        .WithIterationTime(TimeInterval.FromMilliseconds(150))
        .WithWarmupCount(6)
        .WithIterationCount(20));
}
