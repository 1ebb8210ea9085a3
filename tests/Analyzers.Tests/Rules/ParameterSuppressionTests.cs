using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>A callback may take all that LUO has for it, and use none of it.</summary>
public sealed class ParameterSuppressionTests
{
    [Theory]
    [InlineData("void Freeze(Disk {|#0:file|}) { }", true)]
    [InlineData("[RetrievesFrom(\"disk-v0\")] static DiskState Upgrade(in DiskState {|#0:old|}) => default;", true)]
    [InlineData("void Other(Disk {|#0:file|}) { }", false)]
    [InlineData("void Freeze() { System.Func<int, int> later = {|#0:number|} => 1; _ = later; }", false)]
    public async Task In_a_handler(string member, bool isSuppressed) => await VerifyAsync("LiveUpdateFileHandler(\"disk-v1\")", member, isSuppressed);

    [Theory]
    [InlineData("void Freeze(Disk {|#0:file|}) { }")]
    [InlineData("[RetrievesFrom(\"disk-v0\")] static DiskState Upgrade(in DiskState {|#0:old|}) => default;")]
    public async Task In_another_class(string member) => await VerifyAsync("System.Obsolete", member, isSuppressed: false);

    private static Task VerifyAsync(string attribute, string member, bool isSuppressed)
    {
        Test test = new() { TestCode = $"{HandlerSource.Usings}{HandlerSource.Types}\n[{attribute}]\npublic sealed partial class DiskHandler {{ {member} }}\n" };
        foreach (var descriptor in ParameterAnalyzer.Descriptors)
            test.ExpectedDiagnostics.Add(new DiagnosticResult(descriptor).WithLocation(0).WithIsSuppressed(isSuppressed));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private sealed class Test : HandlerAnalyzerTest<CallbackSuppressor>
    {
        protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => [new ParameterAnalyzer(), new CallbackSuppressor()];
    }
}
