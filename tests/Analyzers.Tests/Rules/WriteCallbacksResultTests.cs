using LuoHandlers.CodeFixes;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;

namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>Whichever callbacks a handler lacks, and whatever it hands over: the diagnostic names them, and after the fix it builds.</summary>
public sealed class WriteCallbacksResultTests
{
    private static readonly Dictionary<string, string[]> Handlers = new()
    {
        ["nothing"] =
        [
            "bool CanPreserve(Disk file) => true;", "void Preserve(Disk file) { }", "void Unpreserve(Disk file) { }", "Disk Retrieve() => new();",
            "void Finish(Disk? file) { }",
        ],
        ["a state"] = [HandlerSource.CanPreserve, HandlerSource.Preserve, HandlerSource.Unpreserve, HandlerSource.Retrieve, HandlerSource.Finish],
        ["a small state, by Errno"] =
        [
            "bool CanPreserve(Disk disk) => true;", "Errno Preserve(Disk disk, out Small small) { small = default; return Errno.None; }", "void Unpreserve(in Small small) { }",
            "Errno Retrieve(in Small small, out Disk disk) { disk = new(); return Errno.None; }", "void Finish(Small small, RetrieveStatus retrieved) { }",
        ],
        ["the raw handle"] =
        [
            "bool CanPreserve(Disk file) => true;", "void Preserve(Disk file, IKho kho, out ulong serializedData) => serializedData = 1;",
            "void Unpreserve(ulong serializedData, IKho kho) { }", "Disk Retrieve(ulong serializedData) => new();", "void Finish(in ulong serializedData) { }",
        ],
        ["a state and private data"] =
        [
            "bool CanPreserve(Disk file) => true;", "void Preserve(Disk file, out DiskState state, out Pins pins) { state = default; pins = new(); }",
            "void Unpreserve(Disk file, Pins? pins, IKho memory) { }", "Disk Retrieve(in DiskState state) => new();", "void Finish(Disk? file, DiskState state) { }",
        ],
    };

    public static TheoryData<string, int> Cases => [.. from handler in Handlers.Keys from missing in Enumerable.Range(1, 31) select (handler, missing)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task After_the_fix_it_builds(string handedOver, int missing)
    {
        string[] callbacks = Handlers[handedOver];
        string source = $$"""
            {{HandlerSource.Usings}}{{HandlerSource.Types}}
            [PreservedState] public struct Small { public uint Number; }

            [LiveUpdateFileHandler("disk-v1")]
            public sealed partial class DiskHandler
            {
                {{string.Join("\n    ", callbacks.Where((_, index) => (missing & (1 << index)) == 0))}}
            }

            """;
        CSharpCompilation compilation = HandlerCompilation.Create(source);
        Diagnostic diagnostic = Assert.Single(await HandlerCompilation.AnalyzeAsync(compilation), each => each.Id == RuleIds.MissingCallback);
        var names = CallbackDefinitions.All.Where(definition => definition.IsRequired).Where((_, index) => (missing & (1 << index)) != 0)
            .Select(definition => definition.Name);
        Assert.StartsWith($"'DiskHandler' has no {Enumeration.Join(names)}, ", diagnostic.GetMessage(), StringComparison.Ordinal);

        string fixedSource = await FixAsync(compilation, source, diagnostic);
        CSharpCompilation fixedCompilation = HandlerCompilation.Create(fixedSource);
        // That a callback does nothing yet, or can only fail, is a warning.
        Assert.All(await HandlerCompilation.AnalyzeAsync(fixedCompilation), each => Assert.NotEqual(DiagnosticSeverity.Error, each.Severity));
        Compilation generated = HandlerCompilation.Generate(fixedCompilation, out var handlers);
        Assert.Equal(["DiskHandler"], handlers);
        Assert.Empty(generated.GetDiagnostics(TestContext.Current.CancellationToken).Where(each => each.Severity >= DiagnosticSeverity.Warning));
    }

    private static async Task<string> FixAsync(CSharpCompilation compilation, string source, Diagnostic diagnostic)
    {
        using AdhocWorkspace workspace = new();
        Document document = workspace.AddProject("Handlers", LanguageNames.CSharp)
            .WithMetadataReferences(compilation.References)
            .WithCompilationOptions(compilation.Options)
            .AddDocument("Handler.cs", source);
        List<CodeAction> actions = [];
        await new WriteCallbacksCodeFixProvider().RegisterCodeFixesAsync(
            new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
        var operations = await Assert.Single(actions).GetOperationsAsync(TestContext.Current.CancellationToken);
        Document changed = Assert.Single(operations.OfType<ApplyChangesOperation>()).ChangedSolution.GetDocument(document.Id)!;
        return (await changed.GetTextAsync(TestContext.Current.CancellationToken)).ToString();
    }
}
