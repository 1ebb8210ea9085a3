using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace LuoHandlers.Analyzers.Tests.RoslynTesting;

public sealed class CodeRefactoringTestTests
{
    [Theory]
    [InlineData("class [|bad|] { }")]
    [InlineData("class b[||]ad { }")]
    public Task A_right_refactoring_passes(string source) => RunAsync(source, "class Bad { }");

    [Fact]
    public Task The_place_decides_which_class_is_changed() => RunAsync("class first { } class [|second|] { }", "class first { } class Second { }");

    [Fact]
    public Task The_place_may_be_in_any_file() => new CSharpCodeRefactoringTest<CapitalizeRefactoring, DefaultVerifier>
    {
        TestState = { Sources = { "class first { }", "class [|second|] { }" } },
        FixedState = { Sources = { "class first { }", "class Second { }" } },
    }.RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public Task One_of_several_offers_is_chosen() => Create("class [|bad|] { }", "class Other { }", action: 1).RunAsync(TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("class [|Good|] { }")]
    [InlineData("[|class|] bad { }")]
    public Task Without_expected_code_it_is_not_offered(string source) => RunAsync(source, source);

    [Fact]
    public Task Another_result_fails() => FailsAsync("'/0/Test0.cs' is not as expected", Create("class [|bad|] { }", "class Good { }"));

    [Fact]
    public Task Other_white_space_fails() => FailsAsync("is not as expected", Create("class [|bad|] { }", "class Bad  { }"));

    [Fact]
    public Task One_that_is_not_offered_where_it_is_expected_fails() => FailsAsync("The refactoring is not offered.", Create("class [|Bad|] { }", "class Good { }"));

    [Fact]
    public Task One_that_is_offered_where_it_is_not_expected_fails() => FailsAsync("The refactoring is offered.", Create("class [|bad|] { }", "class [|bad|] { }"));

    [Theory]
    [InlineData("class bad { }")]
    [InlineData("class [|bad|] { } class [|worse|] { }")]
    public Task Anything_but_one_place_fails(string source) => FailsAsync("Mark one place", Create(source, "class Bad { }"));

    [Fact]
    public Task Code_that_does_not_compile_fails() => FailsAsync("CS0246", Create("class [|bad|] : Missing { }", "class Bad : Missing { }"));

    [Fact]
    public Task A_result_that_does_not_compile_fails() => FailsAsync("CS0101", Create("class Bad { } class [|bad|] { }", "class Bad { } class Bad { }"));

    private static CSharpCodeRefactoringTest<CapitalizeRefactoring, DefaultVerifier> Create(string source, string fixedSource, int action = 0) =>
        new() { TestCode = source, FixedCode = fixedSource, CodeActionIndex = action };

    private static Task RunAsync(string source, string fixedSource) => Create(source, fixedSource).RunAsync(TestContext.Current.CancellationToken);

    private static async Task FailsAsync(string message, AnalyzerTest<DefaultVerifier> test)
    {
        VerificationException failure = await Assert.ThrowsAsync<VerificationException>(() => test.RunAsync(TestContext.Current.CancellationToken));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }
}
