using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using Verify = Microsoft.CodeAnalysis.CSharp.Testing.CSharpCodeFixVerifier<
    LuoHandlers.Analyzers.Tests.RoslynTesting.LowerCaseAnalyzer,
    LuoHandlers.Analyzers.Tests.RoslynTesting.CapitalizeFix,
    Microsoft.CodeAnalysis.Testing.DefaultVerifier>;

namespace LuoHandlers.Analyzers.Tests.RoslynTesting;

public sealed class CodeFixTestTests
{
    private const string Bad = "class [|bad|] { }";

    [Fact]
    public Task A_right_fix_passes() => Verify.VerifyCodeFixAsync(Bad, "class Bad { }");

    [Fact]
    public Task Several_fixes_pass_one_by_one_and_all_at_once() =>
        Verify.VerifyCodeFixAsync("class [|bad|] { class [|worse|] { } }", "class Bad { class Worse { } }");

    [Fact]
    public Task Fix_All_reaches_every_document_and_project() => new CSharpCodeFixTest<LowerCaseAnalyzer, CapitalizeFix, DefaultVerifier>
    {
        TestState =
        {
            Sources = { Bad, "class [|worse|] { }" },
            AdditionalProjects = { ["Library"] = { Sources = { "class [|other|] { }" } } },
        },
        FixedState =
        {
            Sources = { "class Bad { }", "class Worse { }" },
            AdditionalProjects = { ["Library"] = { Sources = { "class Other { }" } } },
        },
    }.RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public Task Diagnostics_that_no_fix_is_for_stay() => new CSharpCodeFixTest<LowerCaseAnalyzer, CapitalizeFix, DefaultVerifier>
    {
        TestCode = "class [|bad|] : {|CS0246:Missing|} { }",
        FixedCode = "class Bad : {|CS0246:Missing|} { }",
    }.RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public Task Another_result_fails() => FailsAsync<CapitalizeFix>("'/0/Test0.cs' is not as expected", "class Good { }");

    [Fact]
    public Task Other_white_space_fails() => FailsAsync<CapitalizeFix>("is not as expected", "class Bad  { }");

    [Fact]
    public Task A_fix_where_none_is_expected_fails() => FailsAsync<CapitalizeFix>("More than 0 fixes", Bad);

    [Fact]
    public Task No_fix_where_one_is_expected_fails() => FailsAsync<NothingFix>("is not as expected", "class Bad { }");

    [Fact]
    public Task A_result_that_does_not_compile_fails() => FailsAsync<BreakingFix>("CS0246", "class Fixed : Missing { }");

    [Fact]
    public Task A_result_that_still_has_the_diagnostic_fails() => FailsAsync<IneffectiveFix>("Reported, but not expected", "class badx { }");

    [Fact]
    public Task A_fix_that_never_ends_fails()
    {
        CSharpCodeFixTest<LowerCaseAnalyzer, IneffectiveFix, DefaultVerifier> test = new()
        {
            TestCode = Bad,
            FixedState = { Sources = { "class [|badx|] { }" }, MarkupHandling = MarkupMode.Allow },
        };
        return FailsAsync("More than 1 fixes", test);
    }

    [Fact]
    public Task A_wrong_Fix_All_fails() => FailsAsync<WrongInFixAllFix>("Context: Fix All in Document", "class Bad { }");

    [Fact]
    public Task A_tree_that_does_not_parse_to_itself_fails() => FailsAsync<MisbuiltTreeFix>("another syntax tree", "class Fixed : object { }");

    [Fact]
    public Task Another_number_of_fixes_fails() => FailsAsync(
        "Expected 2 fixes, but there were 1",
        new CSharpCodeFixTest<LowerCaseAnalyzer, CapitalizeFix, DefaultVerifier>
        {
            TestCode = Bad,
            FixedCode = "class Bad { }",
            NumberOfIncrementalIterations = 2,
        });

    [Fact]
    public Task A_file_that_is_missing_fails() => FailsAsync(
        "Expected [/0/Test0.cs, /0/Test1.cs]",
        new CSharpCodeFixTest<LowerCaseAnalyzer, CapitalizeFix, DefaultVerifier>
        {
            TestCode = Bad,
            FixedState = { Sources = { "class Bad { }", "class Added { }" } },
        });

    private static Task FailsAsync<TFix>(string message, string fixedSource)
        where TFix : CodeFixProvider, new() => FailsAsync(
            message,
            new CSharpCodeFixTest<LowerCaseAnalyzer, TFix, DefaultVerifier> { TestCode = Bad, FixedCode = fixedSource });

    private static async Task FailsAsync(string message, AnalyzerTest<DefaultVerifier> test)
    {
        VerificationException failure = await Assert.ThrowsAsync<VerificationException>(() => test.RunAsync(TestContext.Current.CancellationToken));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }
}
