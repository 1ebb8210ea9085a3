using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace LuoHandlers.Analyzers.Tests.Rules;

public sealed class CompatibleStringAnalyzerTests
{
    [Theory]
    [InlineData("{|LUO1006:\"bus\"|}")]
    [InlineData("{|LUO1007:\"bus-v01\"|}")]
    [InlineData("{|LUO1005:\"my bus-v1\"|}")]
    [InlineData("\"bus-v1\"")]
    public Task Strings_of_FLBs_are_strings(string compatible) => RunFlbAsync(FlbSource.With(attribute: $"LiveUpdateFlb({compatible})"));

    [Theory]
    [InlineData("Version", "\"bus\"")]
    [InlineData("_layoutVersion", "\"bus\"")]
    [InlineData("Versions", "{|LUO1006:\"bus\"|}")]
    [InlineData("Version", "{|LUO1007:\"bus-v0\"|}")]
    public Task An_FLB_may_have_its_version_in_the_state(string field, string compatible) => RunFlbAsync(
        FlbSource.With(attribute: $"LiveUpdateFlb({compatible})").Replace("ulong Size, Position;", $"ulong {field}, Rest;", StringComparison.Ordinal));

    [Fact]
    public Task An_FLB_may_have_its_version_behind_the_raw_handle() => RunFlbAsync(FlbSource.With(
        "Bus Preserve(out ulong serializedData) { serializedData = 1; return new(); }",
        "void Unpreserve(Bus bus, ulong serializedData) { }",
        "Bus Retrieve(ulong serializedData) => new();",
        "void Finish(Bus bus, ulong serializedData) { }",
        attribute: "LiveUpdateFlb(\"bus\")"));

    [Fact]
    public Task A_handler_has_its_version_nowhere_else() => RunFlbAsync(HandlerSource.With(
        attribute: "LiveUpdateFileHandler({|LUO1006:\"disk\"|})",
        preserve: "void Preserve(Disk file, out ulong serializedData) => serializedData = file.Size;",
        unpreserve: "void Unpreserve(Disk file) { }",
        retrieve: "Disk Retrieve(ulong serializedData) => new Disk { Size = serializedData };",
        finish: "void Finish() { }"));

    private static Task RunFlbAsync(string source) =>
        new HandlerAnalyzerTest<CompatibleStringAnalyzer> { TestCode = source }.RunAsync(TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("\"disk-v1\"")]
    [InlineData("\"disk-v10\"")]
    [InlineData("\"a.b_c/d:e-v987654321\"")]
    [InlineData("\"~!-v2\"")]
    [InlineData("Names.Disk")]
    [InlineData("\"disk\" + \"-v1\"")]
    public Task Right(string argument) => VerifyAsync(argument);

    [Theory]
    [InlineData("\"\"")]
    [InlineData("null!")]
    [InlineData("\"a long string that the binder rejects, without any version\"")]
    [InlineData("\"a\\0\"")]
    public Task What_the_binder_rejects_is_left_to_it(string argument) => VerifyAsync(argument);

    [Theory]
    [InlineData("\"disk image-v1\"", "disk image-v1", "a blank", "4")]
    [InlineData("\" disk-v1\"", " disk-v1", "a blank", "0")]
    [InlineData("\"di\\u0441k-v1\"", "di\u0441k-v1", "U+0441", "2")]
    [InlineData("\"disk\\t-v1\"", "disk\t-v1", "U+0009", "4")]
    [InlineData("\"disk\\u007f-v1\"", "disk\u007f-v1", "U+007F", "4")]
    [InlineData("\"disk\\U0001F4BE-v1\"", "disk\U0001F4BE-v1", "U+1F4BE", "4")]
    public Task LUO1005_not_printable(string argument, string compatible, string what, string position) =>
        VerifyAsync($"{{|#0:{argument}|}}", CompatibleStringAnalyzer.NotPrintable, compatible, what, position);

    [Theory]
    [InlineData("\"disk\"", "disk", "disk-v1")]
    [InlineData("\"disk-v\"", "disk-v", "disk-v-v1")]
    [InlineData("\"disk-v1b\"", "disk-v1b", "disk-v1b-v1")]
    [InlineData("\"disk_v2\"", "disk_v2", "disk-v2")]
    [InlineData("\"disk-V2\"", "disk-V2", "disk-v2")]
    [InlineData("\"div2\"", "div2", "div2-v1")]
    [InlineData("\"v3\"", "v3", "v3-v1")]
    [InlineData("\"disk-v١\" /* an Arabic digit */", "disk-v١", "disk-v١-v1")]
    public Task LUO1006_no_version(string argument, string compatible, string better) => argument.Contains('١', StringComparison.Ordinal)
        ? VerifyAsync("{|#0:{|LUO1005:" + argument.Split(" /*")[0] + "|}|}", CompatibleStringAnalyzer.WithoutVersion, compatible, better)
        : VerifyAsync($"{{|#0:{argument}|}}", CompatibleStringAnalyzer.WithoutVersion, compatible, better);

    [Fact]
    public Task LUO1006_is_shown_where_a_constant_is_used() =>
        VerifyAsync("{|#0:Names.NoVersion|}", CompatibleStringAnalyzer.WithoutVersion, "noversion", "noversion-v1");

    [Theory]
    [InlineData("\"disk-v0\"", "disk-v0", "disk-v1")]
    [InlineData("\"disk-v000\"", "disk-v000", "disk-v1")]
    public Task LUO1007_version_zero(string argument, string compatible, string better) =>
        VerifyAsync($"{{|#0:{argument}|}}", CompatibleStringAnalyzer.VersionZero, compatible, better);

    [Theory]
    [InlineData("\"disk-v01\"", "disk-v01", "disk-v1")]
    [InlineData("\"disk-v0020\"", "disk-v0020", "disk-v20")]
    public Task LUO1007_leading_zero(string argument, string compatible, string better) =>
        VerifyAsync($"{{|#0:{argument}|}}", CompatibleStringAnalyzer.LeadingZero, compatible, better);

    private static Task VerifyAsync(string argument, DiagnosticDescriptor? descriptor = null, params object[] arguments)
    {
        HandlerAnalyzerTest<CompatibleStringAnalyzer> test = new()
        {
            TestCode = HandlerSource.With(attribute: $"LiveUpdateFileHandler({argument})")
                + "static class Names { public const string Disk = \"disk-v1\", NoVersion = \"noversion\"; }",
        };
        if (descriptor is not null)
            test.ExpectedDiagnostics.Add(new DiagnosticResult(descriptor).WithLocation(0).WithArguments(arguments));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
