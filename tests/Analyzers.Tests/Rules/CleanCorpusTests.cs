using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>Handlers of many kinds that are right: none of our rules may find anything in them, and they compile without a warning.</summary>
public sealed class CleanCorpusTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Corpus", "Clean");

    public static TheoryData<string> Names => [.. Directory.GetFiles(Folder, "*.cs").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Fact]
    public void There_are_enough_of_them() => Assert.True(Names.Count >= 30, $"There are {Names.Count}.");

    [Theory]
    [MemberData(nameof(Names))]
    public async Task No_rule_finds_anything(string name) => Assert.Empty(await HandlerCompilation.AnalyzeAsync(Compile(name)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_handler_is_generated_and_compiles_without_a_warning(string name)
    {
        CSharpCompilation compilation = Compile(name);
        Compilation generated = HandlerCompilation.Generate(compilation, out var handlers);
        Assert.Equal(compilation.SyntaxTrees.Single().ToString().Split("[LiveUpdateFileHandler(").Length - 1, handlers.Length);
        Assert.NotEmpty(handlers);
        Assert.Empty(generated.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
    }

    [Fact]
    public async Task Nor_in_all_of_them_together()
    {
        CSharpCompilation all = Create([.. Names.Select(name => Read(name))]);
        Assert.Empty(await HandlerCompilation.AnalyzeAsync(all));
    }

    private static CSharpCompilation Compile(string name) => Create(Read(name));

    private static SyntaxTree Read(string name) =>
        CSharpSyntaxTree.ParseText(File.ReadAllText(Path.Combine(Folder, $"{name}.cs")), path: $"{name}.cs", cancellationToken: TestContext.Current.CancellationToken);

    private static CSharpCompilation Create(params SyntaxTree[] trees)
    {
        CSharpCompilation compilation = HandlerCompilation.Create(string.Empty).RemoveAllSyntaxTrees().AddSyntaxTrees(trees);
        return compilation.WithOptions(compilation.Options.WithAllowUnsafe(true));
    }
}
