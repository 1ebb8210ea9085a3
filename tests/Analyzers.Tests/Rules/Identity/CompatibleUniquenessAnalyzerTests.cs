using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace LuoHandlers.Analyzers.Tests.Rules;

public sealed class CompatibleUniquenessAnalyzerTests
{
    [Theory]
    [InlineData("disk-v1", "disk-v2")]
    [InlineData("disk-v1", "disk-v11")]
    [InlineData("disk-v1", "disks-v1")]
    public Task Different_strings_are_right(string first, string second) =>
        RunAsync(Handler("First", $"\"{first}\"") + Handler("Second", $"\"{second}\""));

    [Fact]
    public Task LUO1008_names_both_places() => RunAsync(
        Handler("First", "{|#0:\"disk-v1\"|}") + Handler("Second", "{|#1:Names.Disk|}") + "static class Names { public const string Disk = \"disk-v1\"; }",
        Duplicate(0, "disk-v1", "First", "Second", 1),
        Duplicate(1, "disk-v1", "Second", "First", 0));

    [Fact]
    public Task LUO1008_three_handlers() => RunAsync(
        Handler("C", "{|#0:\"disk-v1\"|}") + Handler("A", "{|#1:\"disk-v1\"|}") + "namespace Disks { " + Handler("B", "{|#2:\"disk-v1\"|}") + "}",
        Duplicate(0, "disk-v1", "C", "A", 1, 2),
        Duplicate(1, "disk-v1", "A", "C", 0, 2),
        Duplicate(2, "disk-v1", "B", "A", 1, 0));

    [Fact]
    public Task LUO1008_in_nested_types() => RunAsync(
        "public partial class Outer { public partial struct Inner { " + Handler("First", "{|LUO1008:\"disk-v1\"|}") + "} }" + Handler("Second", "{|LUO1008:\"disk-v1\"|}"));

    [Fact]
    public Task One_handler_in_two_parts_is_one() => RunAsync(Handler("First", "\"disk-v1\"") + "partial class First { }");

    [Fact]
    public Task What_the_binder_rejects_is_left_to_it() => RunAsync(Handler("First", "\"\"") + Handler("Second", "\"\""));

    [Fact]
    public Task LUO1008_in_a_referenced_assembly() => RunWithLibraryAsync(
        Handler("First", "{|#0:\"disk-v1\"|}"),
        new DiagnosticResult(CompatibleUniquenessAnalyzer.Duplicate).WithLocation(0).WithArguments("disk-v1", "First", "'InLibrary' in assembly 'Library'"));

    [Fact]
    public Task LUO1009_in_a_referenced_assembly() => RunWithLibraryAsync(
        Handler("First", "{|#0:\"DISK_v1\"|}"),
        new DiagnosticResult(CompatibleUniquenessAnalyzer.Similar).WithLocation(0).WithArguments("DISK_v1", "disk-v1", "'InLibrary' in assembly 'Library'"));

    [Fact]
    public Task LUO6006_in_a_referenced_assembly() => RunWithLibraryAsync(
        Flb("First", "{|#0:\"bus-v1\"|}"),
        new DiagnosticResult(CompatibleUniquenessAnalyzer.DuplicateFlb).WithLocation(0).WithArguments("bus-v1", "First", "'FlbInLibrary' in assembly 'Library'"));

    [Fact]
    public Task LUO1009_of_an_flb_in_a_referenced_assembly() => RunWithLibraryAsync(
        Flb("First", "{|#0:\"bus.v1\"|}"),
        new DiagnosticResult(CompatibleUniquenessAnalyzer.Similar).WithLocation(0).WithArguments("bus.v1", "bus-v1", "'FlbInLibrary' in assembly 'Library'"));

    [Fact]
    public Task The_compilation_s_own_comes_first() => RunWithLibraryAsync(
        Handler("Second", "{|#0:\"disk-v1\"|}") + Handler("Third", "{|#1:\"disk-v1\"|}"),
        Duplicate(0, "disk-v1", "Second", "Third", 1),
        Duplicate(1, "disk-v1", "Third", "Second", 0));

    [Fact]
    public Task Other_strings_in_a_referenced_assembly_are_right() => RunWithLibraryAsync(Handler("First", "\"tape-v1\"") + Flb("Second", "\"lane-v1\""));

    [Fact]
    public Task A_handler_and_an_flb_may_have_one_string() => RunWithLibraryAsync(Handler("First", "\"bus-v1\"") + Flb("Second", "\"disk-v1\""));

    [Fact]
    public Task LUO6006_names_both_places() => RunAsync(
        Flb("First", "{|#0:\"bus-v1\"|}") + Flb("Second", "{|#1:\"bus-v1\"|}"),
        new DiagnosticResult(CompatibleUniquenessAnalyzer.DuplicateFlb).WithLocation(0).WithLocation(1).WithArguments("bus-v1", "First", "'Second'"),
        new DiagnosticResult(CompatibleUniquenessAnalyzer.DuplicateFlb).WithLocation(1).WithLocation(0).WithArguments("bus-v1", "Second", "'First'"));

    [Theory]
    [InlineData("Disk-v1")]
    [InlineData("disk_v1")]
    [InlineData("disk/v1")]
    [InlineData("d.i:skv1")]
    public Task LUO1009_similar(string second) => RunAsync(
        Handler("First", "{|#0:\"disk-v1\"|}") + Handler("Second", $"{{|#1:\"{second}\"|}}"),
        Similar(0, "disk-v1", second, "Second", 1),
        Similar(1, second, "disk-v1", "First", 0));

    private static DiagnosticResult Duplicate(int location, string compatible, string handler, string other, params int[] others) => others.Aggregate(
        new DiagnosticResult(CompatibleUniquenessAnalyzer.Duplicate).WithLocation(location).WithArguments(compatible, handler, $"'{other}'"),
        (result, each) => result.WithLocation(each));

    private static DiagnosticResult Similar(int location, string compatible, string similar, string other, int otherLocation) =>
        new DiagnosticResult(CompatibleUniquenessAnalyzer.Similar).WithLocation(location).WithLocation(otherLocation).WithArguments(compatible, similar, $"'{other}'");

    private static string Handler(string name, string argument) => $$"""
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

    private static string Flb(string name, string argument) =>
        $"public sealed class {name}Bus {{ }}\n"
        + FlbSource.Declare(attribute: $"LiveUpdateFlb({argument})", declaration: $"public sealed partial class {name}").Replace("Bus ", $"{name}Bus ", StringComparison.Ordinal);

    private static Task RunAsync(string handlers, params DiagnosticResult[] expected)
    {
        HandlerAnalyzerTest<CompatibleUniquenessAnalyzer> test = new() { TestCode = HandlerSource.Usings + HandlerSource.Types + handlers };
        test.ExpectedDiagnostics.AddRange(expected);
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    // A library as it is built: its attribute is in the metadata.
    private static Task RunWithLibraryAsync(string types, params DiagnosticResult[] expected)
    {
        Compilation library = HandlerCompilation.Generate(
            HandlerCompilation.Create(HandlerSource.Usings + HandlerSource.Types + Handler("InLibrary", "\"disk-v1\"") + Flb("FlbInLibrary", "\"bus-v1\"")).WithAssemblyName("Library"), out _);
        MemoryStream image = new();
        Assert.True(library.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        HandlerAnalyzerTest<CompatibleUniquenessAnalyzer> test = new()
        {
            TestCode = HandlerSource.Usings + HandlerSource.Types + types,
        };
        test.TestState.AdditionalReferences.Add(MetadataReference.CreateFromImage(image.ToArray()));
        // The library has types of the same names, which the test's hide.
        test.DisabledDiagnostics.Add("CS0436");
        test.ExpectedDiagnostics.AddRange(expected);
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
