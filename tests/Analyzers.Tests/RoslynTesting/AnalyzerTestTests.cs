using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Verify = Microsoft.CodeAnalysis.CSharp.Testing.CSharpAnalyzerVerifier<
    LuoHandlers.Analyzers.Tests.RoslynTesting.LowerCaseAnalyzer, Microsoft.CodeAnalysis.Testing.DefaultVerifier>;

namespace LuoHandlers.Analyzers.Tests.RoslynTesting;

public sealed class AnalyzerTestTests
{
    [Theory]
    [InlineData("class [|bad|] { }")]
    [InlineData("class {|TEST1:bad|} { }")]
    [InlineData("class Good { }")]
    [InlineData("class [|bad|] { class [|worse|] { } }")]
    [InlineData("class Good : {|CS0246:Missing|} { }")]
    public Task What_is_marked_is_expected(string source) => Verify.VerifyAnalyzerAsync(source);

    [Fact]
    public async Task Locations_are_given_by_key_span_or_start()
    {
        await Verify.VerifyAnalyzerAsync("class {|#0:bad|} { }", Verify.Diagnostic().WithLocation(0).WithArguments("bad"));
        await Verify.VerifyAnalyzerAsync("class bad { }", Verify.Diagnostic("TEST1").WithSpan(1, 7, 1, 10).WithArguments("bad"));
        await Verify.VerifyAnalyzerAsync("class bad { }", Verify.Diagnostic().WithLocation(1, 7).WithMessage("'bad' begins with a small letter"));
        await Verify.VerifyAnalyzerAsync("class bad { }", Verify.Diagnostic().WithSpan("/0/Test0.cs", 1, 7, 1, 10).WithArguments("bad"));
    }

    [Fact]
    public Task A_missing_diagnostic_fails() => FailsAsync("Expected, but not reported", "class [|Good|] { }");

    [Fact]
    public Task An_unexpected_diagnostic_fails() => FailsAsync("Reported, but not expected", "class bad { }");

    [Fact]
    public Task A_diagnostic_that_is_reported_once_but_expected_twice_fails() =>
        FailsAsync("Expected, but not reported", "class {|#0:bad|} { }", At(0), At(0));

    [Fact]
    public Task A_diagnostic_of_the_compiler_fails() => FailsAsync("CS0246", "class Good : Missing { }");

    [Fact]
    public Task A_span_that_is_too_long_fails() => FailsAsync("it is at /0/Test0.cs(1,7)-(1,10)", "class [|bad |]{ }");

    [Fact]
    public Task Another_start_fails() => FailsAsync("it is at", "class bad { }", Verify.Diagnostic().WithArguments("bad").WithLocation(1, 8));

    [Fact]
    public Task A_diagnostic_expected_nowhere_but_reported_somewhere_fails() =>
        FailsAsync("it has a location", "class bad { }", Verify.Diagnostic().WithArguments("bad"));

    [Fact]
    public Task Another_severity_fails() => FailsAsync("its severity is Warning", "class {|#0:bad|} { }", At(0).WithSeverity(DiagnosticSeverity.Error));

    [Fact]
    public Task Another_argument_fails() =>
        FailsAsync("its message is: 'bad' begins", "class {|#0:bad|} { }", Verify.Diagnostic().WithLocation(0).WithArguments("other"));

    [Fact]
    public Task Arguments_that_were_left_out_fail() => FailsAsync("its message is", "class {|#0:bad|} { }", Verify.Diagnostic().WithLocation(0));

    [Fact]
    public Task Another_message_fails() => FailsAsync("its message is", "class {|#0:bad|} { }", At(0).WithMessage("other"));

    [Fact]
    public Task Another_id_fails() => FailsAsync("Reported, but not expected", "class {|TEST2:bad|} { }");

    [Fact]
    public Task A_key_that_is_not_in_the_source_fails() => FailsAsync("'#1' is not in the sources", "class {|#0:bad|} { }", At(1));

    [Fact]
    public Task A_span_that_is_not_closed_fails() => FailsAsync("not closed", "class [|bad { }");

    [Fact]
    public Task An_analyzer_that_throws_fails() =>
        FailsAsync<ThrowingAnalyzer>("AD0001", "class Good { }");

    [Fact]
    public Task An_analyzer_that_reports_in_generated_code_fails() =>
        FailsAsync<GeneratedCodeAnalyzer>("In generated code", "class {|TEST1:bad|} { }");

    [Fact]
    public Task Expected_diagnostics_pair_in_any_order() => Verify.VerifyAnalyzerAsync(
        "class {|#0:bad|} { class {|#1:worse|} { } }",
        Verify.Diagnostic().WithLocation(1).WithArguments("worse"),
        Verify.Diagnostic().WithLocation(0).WithArguments("bad"));

    [Fact]
    public async Task A_rule_can_be_disabled_and_configured()
    {
        Test disabled = new() { TestCode = "class bad { }" };
        disabled.DisabledDiagnostics.Add(LowerCaseAnalyzer.Id);
        await disabled.RunAsync(TestContext.Current.CancellationToken);

        Test configured = new()
        {
            TestCode = "class {|#0:bad|} { }",
            ExpectedDiagnostics = { At(0).WithSeverity(DiagnosticSeverity.Error) },
            TestState = { AnalyzerConfigFiles = { ("/.editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.TEST1.severity = error\n") } },
        };
        await configured.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task Compiler_warnings_count_when_they_are_asked_for() => new Test
    {
        TestCode = "class Good { int {|#0:unused|}; }",
        CompilerDiagnostics = CompilerDiagnostics.Warnings,
        ExpectedDiagnostics = { DiagnosticResult.CompilerWarning("CS0169").WithLocation(0) },
    }.RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public async Task Suppressed_diagnostics_are_told_from_others()
    {
        await SuppressedTest(true).RunAsync(TestContext.Current.CancellationToken);
        VerificationException failure = await Assert.ThrowsAsync<VerificationException>(
            () => SuppressedTest(false).RunAsync(TestContext.Current.CancellationToken));
        Assert.Contains("it is suppressed", failure.Message, StringComparison.Ordinal);

        static AnalyzerTest<DefaultVerifier> SuppressedTest(bool isSuppressed) =>
            new Microsoft.CodeAnalysis.CSharp.Testing.CSharpAnalyzerTest<UnusedFieldSuppressor, DefaultVerifier>
            {
                TestCode = "class Good { int {|#0:unused|}; }",
                CompilerDiagnostics = CompilerDiagnostics.Warnings,
                ExpectedDiagnostics = { DiagnosticResult.CompilerWarning("CS0169").WithLocation(0).WithIsSuppressed(isSuppressed) },
            };
    }

    [Fact]
    public Task Projects_see_each_other() => new Test
    {
        TestState =
        {
            Sources = { "class User : Library.Used { }" },
            AdditionalProjects = { ["Library"] = { Sources = { "namespace Library; public class Used { class [|bad|] { } }" } } },
            AdditionalProjectReferences = { "Library" },
        },
    }.RunAsync(TestContext.Current.CancellationToken);

    private static DiagnosticResult At(int key) => Verify.Diagnostic().WithLocation(key).WithArguments("bad");

    private static Task FailsAsync(string message, string source, params DiagnosticResult[] expected) =>
        FailsAsync<LowerCaseAnalyzer>(message, source, expected);

    private static async Task FailsAsync<TAnalyzer>(string message, string source, params DiagnosticResult[] expected)
        where TAnalyzer : Microsoft.CodeAnalysis.Diagnostics.DiagnosticAnalyzer, new()
    {
        VerificationException failure = await Assert.ThrowsAsync<VerificationException>(
            () => Microsoft.CodeAnalysis.CSharp.Testing.CSharpAnalyzerVerifier<TAnalyzer, DefaultVerifier>.VerifyAnalyzerAsync(source, expected));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    private sealed class Test : Microsoft.CodeAnalysis.CSharp.Testing.CSharpAnalyzerTest<LowerCaseAnalyzer, DefaultVerifier>;
}
