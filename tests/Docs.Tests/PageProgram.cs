using System.Collections.Immutable;
using LuoHandlers.Analyzers;
using LuoHandlers.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace LuoHandlers.Docs.Tests;

/// <summary>All blocks of a page as one program, compiled as its readers would: with the generator and the analyzers.</summary>
internal static class PageProgram
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using LuoHandlers;
        global using LuoHandlers.Emulation;
        global using LuoHandlers.Handlers;
        global using LuoHandlers.History;
        global using LuoHandlers.Images;
        global using LuoHandlers.Inspection;
        global using LuoHandlers.Kho;
        global using LuoHandlers.Manifests;
        global using LuoHandlers.Memory;
        global using LuoHandlers.Orchestrator;
        global using LuoHandlers.Orchestrator.Events;
        global using LuoHandlers.Orchestrator.Profiles;
        global using LuoHandlers.Uapi;
        global using LuoHandlers.Vfs;
        """;

    /// <summary>What statements find: fields, so that a block may declare its own of the same name, and a handler to register.</summary>
    private const string Scene = """
        internal abstract partial class Scene
        {
            protected static Machine machine = null!;
            protected static Kernel kernel = null!;
            protected static LiveUpdateDevice device = null!;
            protected static LiveUpdateSession session = null!;
            protected static Memfd memfd = null!;
            protected static IKho kho = null!;
        }

        internal sealed class SceneFile : LuoFile;

        [LiveUpdateFileHandler("scene-v1")]
        internal sealed partial class SceneHandler
        {
            bool CanPreserve(SceneFile file) => true;
            void Preserve(SceneFile file) { }
            void Unpreserve(SceneFile file) { }
            SceneFile Retrieve() => new();
            void Finish(SceneFile? file) { }
        }
        """;

    /// <summary>What a lock file of a page says of the scene.</summary>
    private const string SceneFacts = "scene-v1 handler none\n";

    private const string AbiLockMissing = "LUO3100";

    /// <summary>All analyzers of the package; what they suppress is not of interest here.</summary>
    private static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } =
    [
        .. typeof(HandlerBindingAnalyzer).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsSubclassOf(typeof(DiagnosticSuppressor)))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>Every error of the compiler and every diagnostic of the rules, at its line of the page.</summary>
    public static async Task<IReadOnlyList<string>> FindErrorsAsync(Page page, CancellationToken cancellationToken)
    {
        ImmutableArray<MetadataReference> framework = await ReferenceAssemblies.Net.Net100.ResolveAsync(LanguageNames.CSharp, cancellationToken);
        SyntaxTree[] trees =
        [
            CSharpSyntaxTree.ParseText(Usings, cancellationToken: cancellationToken),
            CSharpSyntaxTree.ParseText(Scene, cancellationToken: cancellationToken),
            .. page.Blocks.Where(block => block.Kind is CodeBlock.File or CodeBlock.Statements).Select(block => Parse(page, block, cancellationToken)),
        ];
        bool isProgram = trees.Any(tree => tree.GetRoot(cancellationToken).ChildNodes().OfType<GlobalStatementSyntax>().Any());
        var compilation = CSharpCompilation.Create(
            "Page",
            trees,
            [.. framework, MetadataReference.CreateFromFile(typeof(LiveUpdateFileHandlerAttribute).Assembly.Location)],
            new CSharpCompilationOptions(
                isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable,
                // A page is no project that could have lock files.
                specificDiagnosticOptions: [new(AbiLockMissing, ReportDiagnostic.Suppress)]));

        ImmutableArray<Diagnostic> rules = await compilation
            .WithAnalyzers(Analyzers, new AnalyzerOptions([.. page.Blocks.Where(block => block.Code.StartsWith(LockFile.Header, StringComparison.Ordinal)).Select(block => new LockFile(block.Code + SceneFacts))]))
            .GetAnalyzerDiagnosticsAsync(cancellationToken);
        CSharpGeneratorDriver.Create(new LiveUpdateHandlerGenerator())
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out ImmutableArray<Diagnostic> failures, cancellationToken);
        return
        [
            .. rules.Concat(failures)
                .Concat(generated.GetDiagnostics(cancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
                .Select(diagnostic => Describe(diagnostic)),
        ];
    }

    private static string Describe(Diagnostic diagnostic)
    {
        FileLinePositionSpan place = diagnostic.Location.GetMappedLineSpan();
        return $"{place.Path}({place.StartLinePosition.Line + 1}): {diagnostic.Id}: {diagnostic.GetMessage()}";
    }

    private static SyntaxTree Parse(Page page, CodeBlock block, CancellationToken cancellationToken)
    {
        string code = $"#line {block.Line} \"{page.Name}\"\n{block.Code}";
        if (block.Kind == CodeBlock.Statements)
        {
            code = $$"""
                internal sealed class Line{{block.Line}} : Scene
                {
                    private static void Run()
                    {
                {{code}}
                    }
                }
                """;
        }
        return CSharpSyntaxTree.ParseText(code, path: $"{page.Name}.{block.Line}.cs", cancellationToken: cancellationToken);
    }
}
