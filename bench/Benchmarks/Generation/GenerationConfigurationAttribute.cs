using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace LuoHandlers.Benchmarks.Generation;

/// <summary>One run an iteration: a compilation that was looked at once is not fresh any more.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GenerationConfigurationAttribute : Attribute, IConfigSource
{
    /// <inheritdoc/>
    public IConfig Config { get; } = ManualConfig.CreateEmpty().AddJob(Job.Default
        .WithToolchain(InProcessEmitToolchain.Instance)
        .WithInvocationCount(1)
        .WithUnrollFactor(1)
        .WithWarmupCount(15)
        .WithIterationCount(40));
}
