using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace LuoHandlers.Analyzers.Tests.RoslynTesting;

public sealed class SourceGeneratorTestTests
{
    private const string User = "class User { int Number => Generated.Number; }";

    [Fact]
    public Task The_generated_source_is_compared_and_compiled() =>
        Create(User, "Generated.g.cs", AddConstantGenerator.Source).RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public Task Other_text_fails() => FailsAsync("is not as expected", Create(User, "Generated.g.cs", AddConstantGenerator.Source + " "));

    [Fact]
    public Task Another_name_fails() => FailsAsync("was not generated", Create(User, "Other.g.cs", AddConstantGenerator.Source));

    [Fact]
    public Task A_source_that_is_not_expected_fails() => FailsAsync("generated sources that are not expected", new() { TestCode = User });

    [Fact]
    public Task Code_that_does_not_compile_with_what_is_generated_fails() =>
        FailsAsync("CS0117", Create("class User { int Number => Generated.Missing; }", "Generated.g.cs", AddConstantGenerator.Source));

    [Fact]
    public async Task A_generator_that_throws_fails()
    {
        CSharpSourceGeneratorTest<ThrowingGenerator, DefaultVerifier> test = new() { TestCode = "class User { }" };
        VerificationException failure = await Assert.ThrowsAsync<VerificationException>(() => test.RunAsync(TestContext.Current.CancellationToken));
        Assert.Contains("CS8785", failure.Message, StringComparison.Ordinal);
    }

    private static CSharpSourceGeneratorTest<AddConstantGenerator, DefaultVerifier> Create(string source, string name, string generated) =>
        new() { TestState = { Sources = { source }, GeneratedSources = { (typeof(AddConstantGenerator), name, generated) } } };

    private static async Task FailsAsync(string message, CSharpSourceGeneratorTest<AddConstantGenerator, DefaultVerifier> test)
    {
        VerificationException failure = await Assert.ThrowsAsync<VerificationException>(() => test.RunAsync(TestContext.Current.CancellationToken));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }
}
