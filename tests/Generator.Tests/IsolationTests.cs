using LuoHandlers.Generator.Emit;
using LuoHandlers.Generator.Model;
using LuoHandlers.Generator.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Xunit;

namespace LuoHandlers.Generator.Tests;

/// <summary>A mistake of the generator in one handler, and code that is half typed, stop nothing else.</summary>
public sealed class IsolationTests
{
    public static TheoryData<string> Inputs => HandlerInput.All;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_exception_in_one_handler_is_an_error_that_names_it_and_stops_no_other(bool whileBinding)
    {
        var failure = new InvalidOperationException("Two\r\nlines.");
        var generator = new LiveUpdateHandlerGenerator(
            handler => whileBinding && handler.Type.Name == "StatelessHandler" ? throw failure : HandlerModelFactory.Create(handler),
            model => !whileBinding && model.DisplayName == "StatelessHandler" ? throw failure : HandlerEmitter.Emit(model));
        var run = new GeneratorRun(TestCompilation.Create(HandlerInput.Read("Stateless"), HandlerInput.Read("Memfd")), generator);

        Assert.Equal(2, run.HandlerSources.Length);
        Diagnostic error = Assert.Single(
            run.Output.GetDiagnostics(TestContext.Current.CancellationToken), diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
        Assert.Equal("CS1029", error.Id);
        Assert.Contains("StatelessHandler", error.GetMessage(), StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException: Two  lines.", error.GetMessage(), StringComparison.Ordinal);
        Assert.Contains("global::Sample.MemfdHandler", run.Registration, StringComparison.Ordinal);
        Assert.DoesNotContain("StatelessHandler", run.Registration, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Half_typed_code_is_no_failure(string input)
    {
        string source = HandlerInput.Read(input);

        for (int length = 0; length < source.Length; length += 23)
        {
            var run = new GeneratorRun(TestCompilation.Create(source[..length]));
            Assert.All(run.Sources, text => Assert.DoesNotContain("#error", text.SourceText.ToString(), StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("[LuoHandlers.LiveUpdateFileHandler]")]
    [InlineData("[LuoHandlers.LiveUpdateFileHandler()]")]
    [InlineData("[LuoHandlers.LiveUpdateFileHandler(1)]")]
    [InlineData("[LuoHandlers.LiveUpdateFileHandler(null!)]")]
    [InlineData("[LuoHandlers.LiveUpdateFileHandler(new[] { \"a\" })]")]
    [InlineData("[LuoHandlers.LiveUpdateFileHandler(Missing)]")]
    [InlineData("[LuoHandlers.LiveUpdateFileHandler(\"one-v1\"), LuoHandlers.LiveUpdateFileHandler(\"two-v1\")]")]
    public void A_wrong_attribute_is_no_failure(string attribute)
    {
        string source = HandlerInput.Read("Stateless").Replace("[LiveUpdateFileHandler(\"stateless-v1\")]", attribute, StringComparison.Ordinal);

        var run = new GeneratorRun(TestCompilation.Create(source));

        Assert.All(run.Sources, text => Assert.DoesNotContain("#error", text.SourceText.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void An_attribute_on_two_parts_gives_one_file()
    {
        const string Part = "[LuoHandlers.LiveUpdateFileHandler(\"second-v1\")]\npublic sealed partial class StatelessHandler;\n";

        var run = new GeneratorRun(TestCompilation.Create(HandlerInput.Read("Stateless"), Part));

        Assert.Contains("\"stateless-v1\"u8", Assert.Single(run.HandlerSources).SourceText.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_differ_in_little_give_files_of_their_own()
    {
        var run = new GeneratorRun(TestCompilation.Create(HandlerInput.Read("SameNames")));

        Assert.Equal(6, run.HandlerSources.Select(source => source.HintName).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }
}
