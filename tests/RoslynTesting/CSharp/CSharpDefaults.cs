using System.Collections.Immutable;

namespace Microsoft.CodeAnalysis.CSharp.Testing;

/// <summary>What the tests of every kind have in common for C#.</summary>
internal static class CSharpDefaults
{
    public static CSharpCompilationOptions CompilationOptions { get; } = new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true);

    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.Default, DocumentationMode.Diagnose);

    public static GeneratorDriver CreateGeneratorDriver(Project project, ImmutableArray<ISourceGenerator> generators) => CSharpGeneratorDriver.Create(
        generators,
        project.AnalyzerOptions.AdditionalFiles,
        (CSharpParseOptions)project.ParseOptions!,
        project.AnalyzerOptions.AnalyzerConfigOptionsProvider);
}
