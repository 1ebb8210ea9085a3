using System.Collections.Immutable;
using LuoHandlers.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace LuoHandlers.Generator.Tests.Infrastructure;

/// <summary>The generator, hosted as the compiler hosts it, and what its last run gave.</summary>
internal sealed class GeneratorRun
{
    private GeneratorDriver _driver;

    public GeneratorRun(CSharpCompilation compilation, IIncrementalGenerator? generator = null)
    {
        _driver = CSharpGeneratorDriver.Create(
            [(generator ?? new LiveUpdateHandlerGenerator()).AsSourceGenerator()],
            parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        Output = Run(compilation);
    }

    /// <summary>The compilation with what was generated.</summary>
    public Compilation Output { get; private set; }

    public GeneratorRunResult Result => _driver.GetRunResult().Results.Single();

    public ImmutableArray<GeneratedSourceResult> Sources => Result.GeneratedSources;

    public ImmutableArray<GeneratedSourceResult> HandlerSources =>
        [.. Sources.Where(source => source.HintName is not (Emit.RegistrationEmitter.HintName or Emit.ManifestEmitter.HintName) && !IsFlb(source) && !IsSession(source))];

    public ImmutableArray<GeneratedSourceResult> FlbSources => [.. Sources.Where(IsFlb)];

    public ImmutableArray<GeneratedSourceResult> SessionSources => [.. Sources.Where(IsSession)];

    public string? Registration => FindText(Emit.RegistrationEmitter.HintName);

    public string? Manifest => FindText(Emit.ManifestEmitter.HintName);

    /// <summary>Runs the same driver again, as after an edit.</summary>
    public Compilation Run(CSharpCompilation compilation)
    {
        _driver = _driver.RunGeneratorsAndUpdateCompilation(
            compilation, out Compilation output, out ImmutableArray<Diagnostic> diagnostics, TestContext.Current.CancellationToken);
        Assert.Empty(diagnostics);
        Assert.Null(Result.Exception);
        Output = output;
        return output;
    }

    /// <summary>Why the outputs of a step are what they are, in the last run.</summary>
    public IReadOnlyList<IncrementalStepRunReason> Reasons(string trackingName) =>
        Result.TrackedSteps.TryGetValue(trackingName, out ImmutableArray<IncrementalGeneratorRunStep> steps)
            ? [.. steps.SelectMany(step => step.Outputs).Select(output => output.Reason)]
            : [];

    /// <summary>Why the generated files are what they are, in the last run.</summary>
    public IReadOnlyList<IncrementalStepRunReason> OutputReasons() =>
        [.. Result.TrackedOutputSteps.SelectMany(steps => steps.Value).SelectMany(step => step.Outputs).Select(output => output.Reason)];

    /// <summary>Asserts that nothing after the attribute look-up did any work, and that the look-up found nothing new.</summary>
    public void AssertNothingRanAgain()
    {
        // The steps that look at the compilation itself find what they found before: Unchanged.
        AssertReasons(TrackingNames.HandlerResults, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged);
        AssertReasons(TrackingNames.Assembly, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged);
        AssertReasons(TrackingNames.HandlerSources, IncrementalStepRunReason.Cached);
        AssertReasons(TrackingNames.FlbResults, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged);
        AssertReasons(TrackingNames.FlbSources, IncrementalStepRunReason.Cached);
        AssertReasons(TrackingNames.SessionResults, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged);
        AssertReasons(TrackingNames.SessionSources, IncrementalStepRunReason.Cached);
        AssertReasons(TrackingNames.Manifest, IncrementalStepRunReason.Cached);
        AssertReasons(TrackingNames.HandlerRegistrations, IncrementalStepRunReason.Cached);
        AssertReasons(TrackingNames.ReferencedRegistration, IncrementalStepRunReason.Cached);
        AssertReasons(TrackingNames.ReferencedRegistrations, IncrementalStepRunReason.Cached);
        AssertReasons(TrackingNames.Registration, IncrementalStepRunReason.Cached);
        Assert.All(OutputReasons(), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    private static bool IsFlb(GeneratedSourceResult source) => source.HintName.EndsWith(".flb.g.cs", StringComparison.Ordinal);

    private static bool IsSession(GeneratedSourceResult source) => source.HintName.EndsWith(".session.g.cs", StringComparison.Ordinal);

    private void AssertReasons(string trackingName, params IncrementalStepRunReason[] allowed) =>
        Assert.All(Reasons(trackingName), reason => Assert.True(allowed.Contains(reason), $"{trackingName} is {reason}"));

    private string? FindText(string hintName) => Sources
        .Where(source => source.HintName == hintName)
        .Select(source => source.SourceText.ToString())
        .SingleOrDefault();
}
