using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LuoHandlers.Benchmarks.Generation;

/// <summary>A keystroke in a file that has nothing to do with handlers, with a driver that has run before: what the IDE does all day.</summary>
[GenerationConfiguration]
public class UnrelatedEdit
{
    private GeneratorDriver _minimal = null!;
    private GeneratorDriver _lookUps = null!;
    private GeneratorDriver _luoHandlers = null!;
    private CSharpCompilation _compilation = null!;
    private CSharpCompilation _edited = null!;
    private int _edits;

    /// <summary>The projects that are measured.</summary>
    public static IEnumerable<ProjectShape> Shapes => ProjectShape.All;

    /// <summary>The project.</summary>
    [ParamsSource(nameof(Shapes))]
    public ProjectShape Project { get; set; } = null!;

    [GlobalSetup]
    public void Start()
    {
        _compilation = HandlerSources.Compile(Project);
        _minimal = ColdGeneration.CreateDriver(new MinimalGenerator()).RunGenerators(_compilation);
        _lookUps = ColdGeneration.CreateDriver(new LookUpGenerator()).RunGenerators(_compilation);
        _luoHandlers = ColdGeneration.CreateDriver(new Generator.LiveUpdateHandlerGenerator()).RunGenerators(_compilation);
    }

    [IterationSetup]
    public void Edit() => _edited = HandlerSources.EditPlainFile(_compilation, ++_edits);

    [Benchmark(Baseline = true)]
    public object Minimal() => _minimal.RunGenerators(_edited);

    [Benchmark]
    public object LookUps() => _lookUps.RunGenerators(_edited);

    [Benchmark]
    public object LuoHandlers() => _luoHandlers.RunGenerators(_edited);
}
