using LuoHandlers.CodeFixes;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>Code that is being typed: nothing of ours may throw, whatever it looks like.</summary>
public sealed class BrokenCodeTests
{
    private static readonly string Source =
        "namespace Disks { public partial class Outer {\n" + HandlerSource.With(
            preserve: "Errno Preserve(Disk file, out DiskState state, out Pins pins, IKho kho) { state = default; pins = new(); return Errno.None; }",
            unpreserve: "void Unpreserve(Disk file, in DiskState state, Pins pins) { }",
            other: "static ulong GetId(Disk file) => file.Size;\n    void Freeze(ref DiskState state) => state.Size = 1;").Replace(HandlerSource.Usings, string.Empty, StringComparison.Ordinal)
        + "} }";

    private static readonly CodeFixProvider[] Providers = [.. typeof(MakePartialCodeFixProvider).Assembly.GetTypes()
        .Where(type => typeof(CodeFixProvider).IsAssignableFrom(type) && !type.IsAbstract)
        .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!)];

    private static IEnumerable<SyntaxToken> Tokens =>
        CSharpSyntaxTree.ParseText(Source, cancellationToken: TestContext.Current.CancellationToken)
            .GetRoot(TestContext.Current.CancellationToken).DescendantTokens();

    [Fact]
    public async Task The_whole_source_is_right() => Assert.Empty(await HandlerCompilation.AnalyzeAsync(HandlerCompilation.Create(HandlerSource.Usings + Source)));

    [Fact]
    public Task Cut_off_anywhere() =>
        VerifyAllAsync(Enumerable.Range(0, Source.Length / 3).Select(third => Source[..(third * 3)]));

    [Fact]
    public Task Begun_anywhere() =>
        VerifyAllAsync(Enumerable.Range(0, Source.Length / 7).Select(seventh => Source[(seventh * 7)..]));

    [Fact]
    public Task Without_any_one_token() =>
        VerifyAllAsync(Tokens.Select(token => Source.Remove(token.SpanStart, token.Span.Length)));

    [Fact]
    public Task With_any_one_token_twice() =>
        VerifyAllAsync(Tokens.Select(token => Source.Insert(token.SpanStart, token.Text + " ")));

    private static async Task VerifyAllAsync(IEnumerable<string> sources)
    {
        foreach (string source in sources)
        {
            CSharpCompilation compilation = HandlerCompilation.Create(HandlerSource.Usings + source);
            // Our exceptions surface here; so do AD0001, which is one of these.
            var diagnostics = await HandlerCompilation.AnalyzeAsync(compilation);
            Assert.DoesNotContain(diagnostics, diagnostic => !diagnostic.Id.StartsWith("LUO", StringComparison.Ordinal));
            BindEveryType(compilation);
            if (!diagnostics.IsEmpty)
                await OfferFixesAsync(compilation, diagnostics);
        }
    }

    private static void BindEveryType(CSharpCompilation compilation)
    {
        SyntaxTree tree = compilation.SyntaxTrees.Single();
        SemanticModel model = compilation.GetSemanticModel(tree);
        foreach (TypeDeclarationSyntax declaration in tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<TypeDeclarationSyntax>())
        {
            HandlerBinding binding = HandlerBinder.Bind(model.GetDeclaredSymbol(declaration, TestContext.Current.CancellationToken)!, TestContext.Current.CancellationToken);
            Assert.All(binding.Errors, error => Assert.True(error.Location.IsInSource));
        }
    }

    private static async Task OfferFixesAsync(CSharpCompilation compilation, IEnumerable<Diagnostic> diagnostics)
    {
        using AdhocWorkspace workspace = new();
        Project project = workspace.AddProject("Handlers", LanguageNames.CSharp)
            .WithMetadataReferences(compilation.References)
            .WithCompilationOptions(compilation.Options);
        Document document = project.AddDocument("Handler.cs", await compilation.SyntaxTrees.Single().GetTextAsync(TestContext.Current.CancellationToken));
        foreach (CodeFixProvider provider in Providers)
        {
            foreach (Diagnostic diagnostic in diagnostics.Where(diagnostic => provider.FixableDiagnosticIds.Contains(diagnostic.Id)))
            {
                List<Microsoft.CodeAnalysis.CodeActions.CodeAction> actions = [];
                await provider.RegisterCodeFixesAsync(
                    new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
                foreach (Microsoft.CodeAnalysis.CodeActions.CodeAction action in actions)
                    Assert.NotEmpty(await action.GetOperationsAsync(TestContext.Current.CancellationToken));
            }
        }
    }
}
