using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LuoHandlers.Benchmarks.Generation;

/// <summary>The first run of a generator over a project: what each build pays.</summary>
[GenerationConfiguration]
public class ColdGeneration
{
    private CSharpCompilation _compilation = null!;

    /// <summary>The projects that are measured.</summary>
    public static IEnumerable<ProjectShape> Shapes => ProjectShape.All;

    /// <summary>The project.</summary>
    [ParamsSource(nameof(Shapes))]
    public ProjectShape Project { get; set; } = null!;

    /// <summary>A driver that has not run.</summary>
    public static GeneratorDriver CreateDriver(IIncrementalGenerator generator) =>
        CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: new CSharpParseOptions(LanguageVersion.Latest));

    [IterationSetup]
    public void Compile() => _compilation = HandlerSources.Compile(Project);

    [Benchmark(Baseline = true)]
    public object Minimal() => CreateDriver(new MinimalGenerator()).RunGenerators(_compilation);

    [Benchmark]
    public object LuoHandlers() => CreateDriver(new Generator.LiveUpdateHandlerGenerator()).RunGenerators(_compilation);
}
