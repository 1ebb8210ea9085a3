using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace LuoHandlers.Analyzers.Tests.Rules;

public sealed class StateFieldSuppressorTests
{
    [Theory]
    [InlineData("[PreservedState] public struct State { public ulong {|#0:A|}; }", true)]
    [InlineData("[PreservedState] internal struct State { public readonly ulong {|#0:A|}; }", true)]
    [InlineData("public struct State { public ulong {|#0:A|}; }", false)]
    [InlineData("[PreservedState] public struct State { public struct Inner { public ulong {|#0:A|}; } }", false)]
    [InlineData("[PreservedState] public struct State { public static ulong {|#0:A|}; }", false)]
    public Task What_analyzers_say_of_fields_is_silenced_in_states(string source, bool isSuppressed)
    {
        Test test = new() { TestCode = HandlerSource.Usings + source };
        foreach (DiagnosticDescriptor descriptor in FieldAnalyzer.Descriptors)
            test.ExpectedDiagnostics.Add(new DiagnosticResult(descriptor).WithLocation(0).WithIsSuppressed(isSuppressed));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("CS0169", "private readonly ulong _reserved;", "")]
    [InlineData("CS0649", "internal ulong Number;", "internal static class User { public static ulong Use(State state) => state.Number; }")]
    public async Task What_the_compiler_says_of_fields_is_silenced_in_states(string id, string field, string user)
    {
        Assert.Equal([(id, true)], await FindAsync($"[PreservedState] internal struct State {{ {field} }} {user}"));
        Assert.Equal([(id, false)], await FindAsync($"internal struct State {{ {field} }} {user}"));
    }

    private static async Task<IEnumerable<(string Id, bool IsSuppressed)>> FindAsync(string source)
    {
        CompilationWithAnalyzers analysis = HandlerCompilation.Create(HandlerSource.Usings + source).WithAnalyzers(
            [new StateFieldSuppressor()],
            new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: true));
        return from diagnostic in await analysis.GetAllDiagnosticsAsync(TestContext.Current.CancellationToken)
               where diagnostic.Severity >= DiagnosticSeverity.Warning
               select (diagnostic.Id, diagnostic.IsSuppressed);
    }

    private sealed class Test : HandlerAnalyzerTest<StateFieldSuppressor>
    {
        protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => [new FieldAnalyzer(), new StateFieldSuppressor()];
    }
}
