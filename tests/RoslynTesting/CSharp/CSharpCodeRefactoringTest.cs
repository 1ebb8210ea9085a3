using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.Testing;

namespace Microsoft.CodeAnalysis.CSharp.Testing;

/// <inheritdoc/>
public class CSharpCodeRefactoringTest<TCodeRefactoring, TVerifier> : CodeRefactoringTest<TVerifier>
    where TCodeRefactoring : CodeRefactoringProvider, new()
    where TVerifier : IVerifier, new()
{
    public override string Language => LanguageNames.CSharp;

    protected override string DefaultFileExt => "cs";

    protected override CompilationOptions CreateCompilationOptions() => CSharpDefaults.CompilationOptions;

    protected override ParseOptions CreateParseOptions() => CSharpDefaults.ParseOptions;

    protected override IEnumerable<CodeRefactoringProvider> GetCodeRefactoringProviders() => [new TCodeRefactoring()];

    private protected override GeneratorDriver CreateGeneratorDriver(Project project, ImmutableArray<ISourceGenerator> generators) =>
        CSharpDefaults.CreateGeneratorDriver(project, generators);
}
