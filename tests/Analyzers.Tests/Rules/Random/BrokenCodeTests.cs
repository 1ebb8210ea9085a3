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
    private const string Record = """
        enum Mode : byte { Plain }
            struct Part { public Mode Mode; public byte Kind; public ushort Length; }
            [PreservedState, System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Explicit, Size = 20)]
            struct Record { [System.Runtime.InteropServices.FieldOffset(0)] public KhoVmalloc<Part> Parts; [System.Runtime.InteropServices.FieldOffset(16)] public Part Part; }
        """;

    private static readonly string Source =
        "namespace Disks { public partial class Outer {\n" + HandlerSource.With(
            preserve: "Errno Preserve(Disk file, out DiskState state, out Pins pins, IKho kho) { state = new() { Size = file.Size, Position = 1 }; pins = new(); return Errno.None; }",
            unpreserve: "void Unpreserve(Disk file, in DiskState state, Pins pins) { }",
            retrieve: "Disk Retrieve(in DiskState state) => new Disk { Size = state.Size + state.Position };",
            other: "static ulong GetId(Disk file) => file.Size;\n    void Freeze(ref DiskState state) => state.Size = 1;\n    " + Record).Replace(HandlerSource.Usings, string.Empty, StringComparison.Ordinal)
        + "} }";

    // What does much in its callbacks: it takes, loops, shifts, converts, waits and fails.
    private static readonly string Busy = HandlerSource.With(
        preserve: """
            Errno Preserve(Disk file, out DiskState state, out Pins pins, IKho kho)
            {
                pins = new(); state = default;
                KhoRange range = kho.AllocatePreserved(4096);
                Errno error = Errno.None; Errno other = (Errno)(-5);
                if (other is not Errno.None) return error;
                try { foreach (char each in "ab") state.Size += (ulong)each << 3; } finally { kho.UnpreserveFree(range); }
                state.Position = (ulong)(uint)file.Size;
                _count++;
                return error == Errno.None ? other : throw new ErrnoException(Errno.EIO);
            }
            """,
        unpreserve: "void Unpreserve() { }",
        retrieve: "Disk? Retrieve(in DiskState state, IKho kho) { for (ulong i = 0; i < state.Size; i++) _ = new int[state.Position][(int)i..]; return null; }",
        finish: "void Finish(Disk? file, in DiskState state, IKho kho) => kho.RestoreFree(kho.FindInherited(default)); bool CanFinish() => _count is 1 and 2;",
        other: "private int _count; void Freeze(Disk file, ref DiskState state) { lock (file) state.Size = file.Size switch { 0 => 1, _ => 2 }; file.Put(); }");

    private static IEnumerable<CodeFixProvider> FixProviders { get; } =
    [
        .. typeof(MakePartialCodeFixProvider).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(CodeFixProvider).IsAssignableFrom(type))
            .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!),
    ];

    private static IEnumerable<SyntaxToken> Tokens =>
        CSharpSyntaxTree.ParseText(Source, cancellationToken: TestContext.Current.CancellationToken)
            .GetRoot(TestContext.Current.CancellationToken).DescendantTokens();

    [Fact]
    public async Task The_whole_source_is_right() => Assert.Empty(await HandlerCompilation.FindRejectionsAsync(HandlerCompilation.Create(HandlerSource.Usings + Source)));

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

    [Fact]
    public Task A_busy_handler_cut_off_anywhere() =>
        VerifyAllAsync(Enumerable.Range(0, Busy.Length / 9).Select(ninth => Busy[HandlerSource.Usings.Length..][..Math.Min(ninth * 9, Busy.Length - HandlerSource.Usings.Length)]));

    [Fact]
    public Task A_busy_handler_without_any_one_token() =>
        VerifyAllAsync(CSharpSyntaxTree.ParseText(Busy[HandlerSource.Usings.Length..], cancellationToken: TestContext.Current.CancellationToken)
            .GetRoot(TestContext.Current.CancellationToken).DescendantTokens()
            .Select(token => Busy[HandlerSource.Usings.Length..].Remove(token.SpanStart, token.Span.Length)));

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
        foreach (CodeFixProvider provider in FixProviders)
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
