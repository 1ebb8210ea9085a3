using System.Collections.Immutable;
using LuoHandlers.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace LuoHandlers.Analyzers.Tests;

/// <summary>Compiles sources with handlers directly, for tests that do so many times.</summary>
internal static class HandlerCompilation
{
    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "Handlers",
        references: ReferenceAssemblies.Net.Net100.ResolveAsync(LanguageNames.CSharp, CancellationToken.None).GetAwaiter().GetResult()
            .Add(MetadataReference.CreateFromFile(typeof(LiveUpdateFileHandlerAttribute).Assembly.Location)),
        options: new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable,
            // What a project without lock files is told once is no matter to other tests.
            specificDiagnosticOptions: [new(RuleIds.AbiLockMissing, ReportDiagnostic.Suppress)]));

    public static CSharpCompilation Create(string source) =>
        Empty.AddSyntaxTrees(CSharpSyntaxTree.ParseText(source, path: "Handler.cs"));

    /// <summary>What all our analyzers report; an exception of theirs fails the test.</summary>
    /// <param name="compilation">The sources.</param>
    /// <param name="minimumKernel">The property <c>LuoMinimumKernel</c>; null: not set.</param>
    /// <param name="lockFiles">The lock files; null: it does not matter that there are none.</param>
    public static Task<ImmutableArray<Diagnostic>> AnalyzeAsync(
        Compilation compilation, string? minimumKernel = null, IReadOnlyList<AdditionalText>? lockFiles = null) => compilation
        .WithOptions(lockFiles is null ? compilation.Options : compilation.Options.WithSpecificDiagnosticOptions([]))
        .WithAnalyzers(
            AllAnalyzers.Create(),
            new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([.. lockFiles ?? []], new BuildProperties(minimumKernel)),
                onAnalyzerException: (exception, _, _) => throw new InvalidOperationException("An analyzer threw.", exception),
                concurrentAnalysis: true,
                logAnalyzerExecutionTime: false,
                reportSuppressedDiagnostics: false,
                analyzerExceptionFilter: null))
        .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

    /// <summary>Those diagnostics that stand for a rejection by the binder: the generator writes nothing for the handler.</summary>
    public static async Task<ImmutableArray<Diagnostic>> FindRejectionsAsync(Compilation compilation) =>
        [.. (await AnalyzeAsync(compilation)).Where(diagnostic => BindingErrorDescriptors.All.Any(descriptor => descriptor.Id == diagnostic.Id))];

    /// <summary>The compilation with the generated code; <paramref name="handlers"/> are the classes that got a generated part.</summary>
    public static Compilation Generate(CSharpCompilation compilation, out ImmutableArray<string> handlers)
    {
        CSharpGeneratorDriver.Create(new LiveUpdateHandlerGenerator())
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out var diagnostics, TestContext.Current.CancellationToken);
        Assert.Empty(diagnostics);
        INamedTypeSymbol handlerInterface = generated.GetTypeByMetadataName("LuoHandlers.Handlers.ILiveUpdateFileHandler")!;
        handlers = [.. generated.SyntaxTrees.Except(compilation.SyntaxTrees)
            .SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<Microsoft.CodeAnalysis.CSharp.Syntax.TypeDeclarationSyntax>()
                .Select(node => generated.GetSemanticModel(tree).GetDeclaredSymbol(node)))
            .OfType<INamedTypeSymbol>()
            .Where(type => type.Interfaces.Contains(handlerInterface, SymbolEqualityComparer.Default))
            .Select(type => type.Name)
            .Distinct()];
        return generated;
    }
}
