using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LuoHandlers.Analyzers.Tests.Documentation;

/// <summary>The code on the pages is what the pages say it is.</summary>
public sealed class ExampleTests
{
    public static TheoryData<string> Ids => RuleTableTests.Ids;

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_wrong_code_breaks_this_rule_and_no_other(string id)
    {
        var diagnostics = await HandlerCompilation.AnalyzeAsync(
            Compile(id, "Wrong"),
            RulePage.Read(id).MinimumKernel("Wrong"),
            RulePage.Read(id).LockFiles("Wrong"));
        Assert.NotEmpty(diagnostics);
        Assert.All(diagnostics, diagnostic => Assert.Equal(id, diagnostic.Id));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_right_code_breaks_none_and_compiles(string id)
    {
        var compilation = Compile(id, "Right");
        Assert.Empty(await HandlerCompilation.AnalyzeAsync(compilation, RulePage.Read(id).MinimumKernel("Right"), RulePage.Read(id).LockFiles("Right")));
        Compilation generated = HandlerCompilation.Generate(compilation, out var files);
        // Rules of sessions and FLBs may do without a handler.
        if (id[3] < '5')
            Assert.Contains("DiskHandler", files);
        Assert.Equal(RulePage.Read(id).Code("Right").Split("[LiveUpdateFileHandler(").Length - 1, files.Length);
        Assert.Empty(generated.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
    }

    // A rule that is off by default is asked for.
    private static CSharpCompilation Compile(string id, string section)
    {
        CSharpCompilation compilation = HandlerCompilation.Create(RulePage.Read(id).Code(section));
        return Analyzers.Rules.All.Single(rule => rule.Id == id).IsEnabledByDefault
            ? compilation
            : compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(compilation.Options.SpecificDiagnosticOptions.SetItem(id, ReportDiagnostic.Info)));
    }
}
