using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>What the rules about all handlers and FLBs together know of other assemblies and of classes that are neither.</summary>
public sealed class CatalogDetailsTests
{
    private const string Library = """
        [LiveUpdateFlb("note-v1")] public sealed partial class BusFlb
        {
            public Bus Preserve() => new();
            public void Unpreserve(Bus bus) { }
            public Bus Retrieve() => new();
            public void Finish(Bus bus) { }
        }
        public sealed class Bus { }

        """;

    [Theory]
    [InlineData("\"disk-v0\"")]
    [InlineData("{|LUO3121:\"note-v1\"|}")]
    [InlineData("{|LUO3121:\"note-v2\"|}")]
    public Task An_FLB_of_the_same_string_hides_no_older_version(string older) => WithLibraryAsync<CompatibleUniquenessAnalyzer>(
        HandlerSource.With(other: $"[RetrievesFrom({older})] static DiskState Upgrade(in DiskState old) => old;"));

    // Who uses it in the library, and whoever else references that, may ask.
    [Fact]
    public Task An_FLB_of_another_assembly_may_be_asked_for_elsewhere() =>
        WithLibraryAsync<FlbUseAnalyzer>(HandlerSource.With(attribute: "LiveUpdateFileHandler(\"disk-v1\"), UsesFlb<BusFlb>"), OutputKind.ConsoleApplication);

    [Theory]
    [InlineData("LiveUpdateFileHandler(\"disk-v1\"), UsesFlb<LaneFlb>, {|LUO6007:UsesFlb<BusFlb>|}", null, "class Driver { void Bind(LuoHandlers.Emulation.Kernel kernel) { using var lease = LaneFlb.GetIncoming(kernel); } }")]
    [InlineData("LiveUpdateFileHandler(\"disk-v1\"), {|LUO6007:UsesFlb<BusFlb>|}", null, "class Driver { static void GetIncomingFlb(BusFlb flb) { } void Bind(BusFlb flb) => GetIncomingFlb(flb); }")]
    [InlineData("LiveUpdateFileHandler(\"disk-v1\"), UsesFlb<BusFlb>", "Bus Retrieve(int number) => new();", "")]
    public Task LUO6007_nobody_asks(string attribute, string? retrieve, string other)
    {
        HandlerAnalyzerTest<FlbUseAnalyzer> test = new()
        {
            TestState = { OutputKind = OutputKind.ConsoleApplication },
            TestCode = HandlerSource.With(attribute: attribute) + "public sealed class Bus { }\npublic sealed class Lane { }\n"
                + FlbSource.Declare(retrieve: retrieve ?? FlbSource.Retrieve)
                + FlbSource.Declare(attribute: "LiveUpdateFlb(\"lane-v1\")", declaration: "public sealed partial class LaneFlb").Replace("Bus ", "Lane ", StringComparison.Ordinal)
                + other + "\nstatic class Program { static void Main() { } }",
        };
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task An_FLB_need_not_be_sealed() => RunAsync<SealedHandlerAnalyzer>(FlbSource.With(declaration: "public partial class BusFlb"));

    [Theory]
    [InlineData("public partial class {|LUO1010:DiskHandler|} : Base", "protected override int Number => 2;")]
    [InlineData("public partial class DiskHandler : Base", "private protected int Other => 2;")]
    [InlineData("public partial class DiskHandler : Base", "protected internal int Other => 2;")]
    [InlineData("public partial class {|LUO1010:DiskHandler|} : Base", "internal int Other => 2;")]
    public Task What_is_for_derived_classes(string declaration, string member) => RunAsync<SealedHandlerAnalyzer>(
        HandlerSource.With(declaration: declaration, other: member) + "public abstract class Base { protected virtual int Number => 1; }");

    // The binder says that of it.
    [Fact]
    public Task An_upgrade_in_an_FLB_is_another_rule_s() => RunAsync<UpgradePlaceAnalyzer>(
        FlbSource.With(other: "[RetrievesFrom(\"bus-v0\")] static DiskState Upgrade(in DiskState old) => old;"));

    private static Task RunAsync<TAnalyzer>(string source)
        where TAnalyzer : DiagnosticAnalyzer, new() =>
        new HandlerAnalyzerTest<TAnalyzer> { TestCode = source }.RunAsync(TestContext.Current.CancellationToken);

    // A library as it is built, with a handler that has all attributes a handler can have.
    private static Task WithLibraryAsync<TAnalyzer>(string source, OutputKind kind = OutputKind.DynamicallyLinkedLibrary)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        string handler = HandlerSource.With(
            preserve: "public void Preserve(Disk file, out DiskState state, OutgoingDependency<Tape> tapes) => state = default;",
            other: "[RetrievesFrom(\"note-v1\")] public static DiskState Upgrade(in DiskState old) => old;",
            attribute: "LiveUpdateFileHandler(\"note-v2\"), UsesFlb<BusFlb>, DependsOn<Tape>",
            declaration: "public sealed partial class NoteHandler");
        Compilation library = HandlerCompilation.Generate(HandlerCompilation.Create(handler + Library).WithAssemblyName("Library"), out _);
        MemoryStream image = new();
        Assert.True(library.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        HandlerAnalyzerTest<TAnalyzer> test = new()
        {
            TestCode = source + (kind == OutputKind.ConsoleApplication ? "\nstatic class Program { static void Main() { } }" : ""),
            TestState = { OutputKind = kind },
        };
        test.TestState.AdditionalReferences.Add(MetadataReference.CreateFromImage(image.ToArray()));
        // The library has types of the same names, which the test's hide.
        test.DisabledDiagnostics.Add("CS0436");
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
