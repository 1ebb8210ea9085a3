using System.Collections.Immutable;
using LuoHandlers.CodeFixes;
using LuoHandlers.Generator;
using LuoHandlers.Handlers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace LuoHandlers.Analyzers.Tests.Rules.Abi;

/// <summary>The memfd sample with its lock files, as a project in which something was changed.</summary>
internal sealed class MemfdSample : IDisposable
{
    private const string Usings = "global using System;\nglobal using System.Collections.Generic;\nglobal using System.Linq;\n";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Corpus", "Samples");

    private readonly AdhocWorkspace _workspace = new();
    private Project _project;

    public MemfdSample()
    {
        Compilation empty = HandlerCompilation.Create(string.Empty);
        _project = _workspace.AddProject("MemfdHandler", LanguageNames.CSharp)
            .WithMetadataReferences(empty.References)
            .WithCompilationOptions(empty.Options);
        _project = _project.AddDocument("Usings.cs", SourceText.From(Usings), filePath: "/0/Usings.cs").Project;
        foreach (string path in Directory.GetFiles(Folder).Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(path);
            SourceText text = SourceText.From(File.ReadAllText(path));
            _project = path.EndsWith(".cs", StringComparison.Ordinal)
                ? _project.AddDocument(name, text, filePath: $"/0/{name}").Project
                : _project.AddAdditionalDocument(name, text, filePath: $"/0/{name}").Project;
        }
    }

    public void Dispose() => _workspace.Dispose();

    /// <summary>Replaces text of a file, of the code or the lock.</summary>
    public async Task<MemfdSample> ReplaceAsync(string file, string before, string after)
    {
        TextDocument document = _project.Documents.Concat(_project.AdditionalDocuments).Single(document => document.Name == file);
        string text = (await document.GetTextAsync(TestContext.Current.CancellationToken)).ToString();
        Assert.Contains(before, text, StringComparison.Ordinal);
        SourceText changed = SourceText.From(text.Replace(before, after, StringComparison.Ordinal));
        Solution solution = document is Document
            ? _project.Solution.WithDocumentText(document.Id, changed)
            : _project.Solution.WithAdditionalDocumentText(document.Id, changed);
        _project = solution.GetProject(_project.Id)!;
        return this;
    }

    /// <summary>Adds a file of code.</summary>
    public MemfdSample Add(string code)
    {
        _project = _project.AddDocument("Added.cs", SourceText.From(code), filePath: "/0/Added.cs").Project;
        return this;
    }

    /// <summary>What keeps it from being built without warnings: what all our rules and the compiler say.</summary>
    public async Task<ImmutableArray<Diagnostic>> BuildAsync()
    {
        Compilation generated = await GenerateAsync();
        var rules = await HandlerCompilation.AnalyzeAsync(await CompileAsync(), lockFiles: await ReadLockAsync());
        return
        [
            .. rules.Concat(generated.GetDiagnostics(TestContext.Current.CancellationToken))
                .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id is not ("CS8019" or "CS1591")),
        ];
    }

    /// <summary>Applies the fix that changes the version to the first diagnostic that has one.</summary>
    public async Task FixAsync()
    {
        Diagnostic diagnostic = (await BuildAsync()).First(diagnostic => diagnostic.Id == RuleIds.AbiChanged);
        List<CodeAction> actions = [];
        await new BumpCodeFixProvider().RegisterCodeFixesAsync(new CodeFixContext(
            _project.GetDocument(diagnostic.Location.SourceTree)!, diagnostic, (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
        var operations = await Assert.Single(actions).GetOperationsAsync(TestContext.Current.CancellationToken);
        _project = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetProject(_project.Id)!;
    }

    /// <summary>The handler as it was built, of an assembly of its own.</summary>
    public async Task<ILiveUpdateFileHandler> LoadAsync()
    {
        using MemoryStream image = new();
        var emitted = (await GenerateAsync()).Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));
        Type handler = System.Reflection.Assembly.Load(image.ToArray()).GetType("MemfdHandlerSample.MemfdHandler", throwOnError: true)!;
        return (ILiveUpdateFileHandler)Activator.CreateInstance(handler)!;
    }

    private async Task<CSharpCompilation> CompileAsync() => (CSharpCompilation)(await _project.GetCompilationAsync(TestContext.Current.CancellationToken))!;

    private async Task<Compilation> GenerateAsync()
    {
        CSharpGeneratorDriver.Create(new LiveUpdateHandlerGenerator())
            .RunGeneratorsAndUpdateCompilation(await CompileAsync(), out Compilation generated, out _, TestContext.Current.CancellationToken);
        return generated;
    }

    private async Task<AdditionalText[]> ReadLockAsync()
    {
        List<AdditionalText> files = [];
        foreach (TextDocument file in _project.AdditionalDocuments)
            files.Add(new LockFileText(file.FilePath!, (await file.GetTextAsync(TestContext.Current.CancellationToken)).ToString()));
        return [.. files];
    }
}
