using LuoHandlers.CodeFixes;

namespace LuoHandlers.Analyzers.Tests.Rules;

public sealed class VersionCodeFixTests
{
    [Theory]
    [InlineData("{|LUO1006:\"disk\"|}", "\"disk-v1\"")]
    [InlineData("/* why */ {|LUO1006:\"disk_v2\"|}", "/* why */ \"disk-v2\"")]
    [InlineData("{|LUO1007:\"disk-v0\"|}", "\"disk-v1\"")]
    [InlineData("{|LUO1007:\"disk-v007\"|}", "\"disk-v7\"")]
    [InlineData("{|LUO1006:@\"disk\"|}", "\"disk-v1\"")]
    [InlineData("compatible: {|LUO1006:\"disk\"|}", "compatible: \"disk-v1\"")]
    public Task The_literal_is_changed(string argument, string fixedArgument) => VerifyAsync(Source(argument), Source(fixedArgument));

    [Theory]
    [InlineData("{|LUO1006:Names.Disk|}")]
    [InlineData("{|LUO1006:\"a\" + \"b\"|}")]
    [InlineData("{|LUO1006:\"the-string-with-a-version-would-be-too-long-xxx\"|}")]
    public Task No_fix(string argument) => VerifyAsync(Source(argument), Source(argument));

    [Fact]
    public Task Fix_All_changes_every_handler()
    {
        AnalyzerCodeFixTest<CompatibleStringAnalyzer, VersionCodeFixProvider> test = new()
        {
            TestCode = Source("{|LUO1006:\"disk\"|}") + Second("{|LUO1006:\"second\"|}", "Second"),
            FixedCode = Source("\"disk-v1\"") + Second("\"second-v1\"", "Second"),
        };
        test.TestState.Sources.Add(HandlerSource.Usings + Second("{|LUO1007:\"third-v03\"|}", "Third"));
        test.FixedState.Sources.Add(HandlerSource.Usings + Second("\"third-v3\"", "Third"));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static string Source(string argument) =>
        HandlerSource.With(attribute: $"LiveUpdateFileHandler({argument})") + "static class Names { public const string Disk = \"disk\"; }\n";

    private static string Second(string argument, string name) => $$"""
        [LiveUpdateFileHandler({{argument}})]
        public sealed partial class {{name}}
        {
            {{HandlerSource.CanPreserve}}
            {{HandlerSource.Preserve}}
            {{HandlerSource.Unpreserve}}
            {{HandlerSource.Retrieve}}
            {{HandlerSource.Finish}}
        }
        """;

    private static Task VerifyAsync(string source, string fixedSource) =>
        new AnalyzerCodeFixTest<CompatibleStringAnalyzer, VersionCodeFixProvider> { TestCode = source, FixedCode = fixedSource }
            .RunAsync(TestContext.Current.CancellationToken);
}
