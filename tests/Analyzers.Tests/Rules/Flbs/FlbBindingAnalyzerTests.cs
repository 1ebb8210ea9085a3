using LuoHandlers.CodeFixes;

namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>Each rejection of an FLB is reported, in its place, and what is right is not; then it is generated and compiles.</summary>
public sealed class FlbBindingAnalyzerTests
{
    [Fact]
    public Task A_right_flb_has_no_diagnostic() => VerifyAsync(FlbSource.With());

    [Theory]
    [InlineData("string Preserve() => \"\";", "void Unpreserve() { }", "string Retrieve(IKho kho) => \"\";", "void Finish(string text) { }")]
    [InlineData("static Bus Preserve(out ulong serializedData) { serializedData = 1; return new(); }", "void Unpreserve(in ulong serializedData) { }", "Bus Retrieve(ulong serializedData) => new();", "void Finish(ulong serializedData, Bus bus) { }")]
    [InlineData("Disk Preserve() => new();", "void Unpreserve(Disk disk) { }", "Disk Retrieve() => new();", "void Finish() { }")]
    public Task Every_way_to_write_one_is_right(string preserve, string unpreserve, string retrieve, string finish) =>
        VerifyAsync(FlbSource.With(preserve, unpreserve, retrieve, finish));

    [Theory]
    [InlineData("public sealed class {|LUO1001:BusFlb|}")]
    [InlineData("public abstract partial class {|LUO1002:BusFlb|}")]
    [InlineData("public sealed partial class {|LUO6004:BusFlb|}(int number)")]
    public Task The_class(string declaration) =>
        VerifyAsync(FlbSource.With(declaration: declaration, other: declaration.Contains("number", StringComparison.Ordinal) ? "public int Number => number;" : null));

    [Theory]
    [InlineData("BusFlb() { }")]
    [InlineData("public required int {|#0:Number|} { get; init; }")]
    public Task LUO6004_not_constructible(string member) =>
        VerifyAsync(FlbSource.With(declaration: "public sealed partial class {|LUO6004:BusFlb|}", other: member.Replace("{|#0:", "", StringComparison.Ordinal).Replace("|}", "", StringComparison.Ordinal)));

    [Fact]
    public Task LUO1003_compatible() => VerifyAsync(FlbSource.With(attribute: "LiveUpdateFlb({|LUO1003:\"\"|})"));

    [Fact]
    public Task LUO1004_implemented_by_hand() => VerifyAsync(FlbSource.With(
        declaration: "public sealed partial class BusFlb : {|CS0535:{|CS0535:{|CS0535:{|CS0535:{|CS0535:{|CS0535:ILiveUpdateFlb|}|}|}|}|}|}",
        other: "KernelModule? ILiveUpdateFlb.{|LUO1004:Owner|} => null;"));

    [Theory]
    [InlineData("Bus Preserve(Bus {|LUO2002:bus|}) => bus;", null, null, null)]
    [InlineData("{|#0:void|} {|LUO2004:Preserve|}() { }", "void Unpreserve() { }", null, "void Finish(Bus bus) { }")]
    [InlineData("Errno {|LUO2004:Preserve|}() => default;", "void Unpreserve() { }", null, "void Finish() { }")]
    [InlineData("System.Collections.Generic.List<dynamic[]> {|LUO2004:Preserve|}() => null!;", "void Unpreserve() { }", "System.Collections.Generic.List<dynamic[]> {|LUO2004:Retrieve|}() => null!;", "void Finish() { }")]
    [InlineData("System.Collections.Generic.Dictionary<dynamic, int>.KeyCollection {|LUO2004:Preserve|}() => null!;", "void Unpreserve() { }", "System.Collections.Generic.Dictionary<dynamic, int>.KeyCollection {|LUO2004:Retrieve|}() => null!;", "void Finish() { }")]
    [InlineData("Bus Preserve(out DiskState state, RetrieveStatus {|LUO2002:status|}) { state = default; return new(); }", null, null, null)]
    [InlineData(null, "void Unpreserve(Lane {|LUO2005:lane|}) { }", null, null)]
    [InlineData(null, "void Unpreserve(Bus bus, Bus {|LUO2007:other|}) { }", null, null)]
    [InlineData(null, null, "Bus Retrieve(out DiskState {|LUO2006:state|}) { state = default; return new(); }", null)]
    [InlineData(null, null, "async System.Threading.Tasks.Task<Bus> {|LUO2005:{|LUO2008:Retrieve|}|}() { await System.Threading.Tasks.Task.Yield(); return new(); }", null)]
    [InlineData(null, null, null, "void Finish(in DiskState state, TapeState {|LUO2007:other|}) { }")]
    [InlineData("Bus Preserve() => new();", "void Unpreserve(in DiskState {|LUO2010:state|}) { }", "Bus Retrieve() => new();", "void Finish() { }")]
    public Task Callbacks(string? preserve, string? unpreserve, string? retrieve, string? finish)
    {
        bool hasState = preserve is null || preserve.Contains("DiskState", StringComparison.Ordinal);
        return VerifyAsync(FlbSource.With(
            (preserve ?? FlbSource.Preserve).Replace("{|#0:void|}", "void", StringComparison.Ordinal),
            unpreserve ?? (hasState ? FlbSource.Unpreserve : "void Unpreserve() { }"),
            retrieve ?? (hasState ? FlbSource.Retrieve : "Bus Retrieve() => new();"),
            finish ?? (hasState ? FlbSource.Finish : "void Finish() { }")));
    }

    [Fact]
    public Task LUO6001_all_that_are_missing_are_named() =>
        VerifyAsync(FlbSource.With(unpreserve: null, finish: null, declaration: "public sealed partial class {|LUO6001:BusFlb|}"));

    [Theory]
    [InlineData("UsesFlb<BusFlb>", "")]
    [InlineData("{|LUO6002:UsesFlb<Bus>|}", "")]
    [InlineData("{|LUO6002:UsesFlb<string>|}", "")]
    [InlineData("UsesFlb<BusFlb>, {|LUO6003:UsesFlb<BusFlb>|}", "")]
    [InlineData("UsesFlb<BusFlb>, UsesFlb<LaneFlb>", "Lane lane, Bus bus, ")]
    [InlineData("UsesFlb<BusFlb>, UsesFlb<OtherFlb>", "Bus {|LUO2002:bus|}, ")]
    [InlineData("UsesFlb<BusFlb>", "Bus bus, Bus {|LUO2007:other|}, ")]
    public Task Handlers_that_use_one(string attributes, string parameters)
    {
        string handler = HandlerSource.With(
            preserve: $"void Preserve({parameters}Disk file, out DiskState state) => state = default;",
            attribute: $"LiveUpdateFileHandler(\"disk-v1\"), {attributes}");
        string lane = FlbSource.Declare(attribute: "LiveUpdateFlb(\"lane-v1\")", declaration: "public sealed partial class LaneFlb").Replace("Bus ", "Lane ", StringComparison.Ordinal);
        string other = FlbSource.Declare(attribute: "LiveUpdateFlb(\"other-v1\")", declaration: "public sealed partial class OtherFlb");
        return VerifyHandlerAsync(handler + "public sealed class Bus { }\npublic sealed class Lane { }\n" + FlbSource.Declare() + lane + other);
    }

    [Fact]
    public Task An_flb_with_errors_is_reported_there_and_not_at_its_handlers() => VerifyHandlerAsync(
        HandlerSource.With(attribute: "LiveUpdateFileHandler(\"disk-v1\"), UsesFlb<BusFlb>") + "public sealed class Bus { }\n" + FlbSource.Declare(finish: null));

    [Theory]
    [InlineData(63)]
    [InlineData(65)]
    public Task LUO6005_too_many(int count) => VerifyAsync(FlbSource.Types
        + FlbSource.Declare().Replace("[LiveUpdateFlb(\"bus-v1\")]\n", "", StringComparison.Ordinal)
            .Replace("sealed partial class BusFlb", "class Base", StringComparison.Ordinal)
            .Replace("    Bus P", "    protected Bus P", StringComparison.Ordinal)
            .Replace("    void", "    protected void", StringComparison.Ordinal)
            .Replace("    Bus R", "    protected Bus R", StringComparison.Ordinal)
        + string.Concat(Enumerable.Range(0, count).Select(index =>
            $"[LiveUpdateFlb(\"bus{index}-v1\")] public sealed partial class {(index < 63 ? $"Flb{index}" : $"{{|LUO6005:Flb{index}|}}")} : Base {{ }}\n")));

    [Fact]
    public Task The_fix_writes_what_is_missing()
    {
        AnalyzerCodeFixTest<FlbBindingAnalyzer, WriteCallbacksCodeFixProvider> test = new()
        {
            TestCode = FlbSource.With(unpreserve: null, retrieve: null, finish: null, declaration: "public sealed partial class {|LUO6001:BusFlb|}"),
            FixedCode = FlbSource.Types + """
                [LiveUpdateFlb("bus-v1")]
                public sealed partial class BusFlb
                {
                    Bus Preserve(out DiskState state, IKho kho) { state = default; return new(); }

                    void Unpreserve(Bus flbObject, in DiskState state, IKho kho)
                    {
                        // Undo here what Preserve did: LUO asks for it when the session is closed before the reboot.
                    }

                    Bus Retrieve(in DiskState state, IKho kho) => throw new ErrnoException(Errno.EOPNOTSUPP, "Retrieve is not written yet.");

                    void Finish(Bus flbObject, in DiskState state, IKho kho)
                    {
                        // The last file that depends on the object is finished: give up what was kept for it.
                    }
                }

                """,
        };
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task The_fix_of_an_empty_flb_makes_one_that_builds()
    {
        AnalyzerCodeFixTest<FlbBindingAnalyzer, WriteCallbacksCodeFixProvider> test = new()
        {
            TestCode = FlbSource.Types + "[LiveUpdateFlb(\"bus-v1\")]\npublic sealed partial class {|LUO6001:BusFlb|}\n{\n}\n",
            FixedCode = FlbSource.Types + """
                [LiveUpdateFlb("bus-v1")]
                public sealed partial class BusFlb
                {
                    private object Preserve() => throw new ErrnoException(Errno.EOPNOTSUPP, "Preserve is not written yet.");

                    private void Unpreserve(object flbObject)
                    {
                        // Undo here what Preserve did: LUO asks for it when the session is closed before the reboot.
                    }

                    private object Retrieve() => throw new ErrnoException(Errno.EOPNOTSUPP, "Retrieve is not written yet.");

                    private void Finish(object flbObject)
                    {
                        // The last file that depends on the object is finished: give up what was kept for it.
                    }
                }

                """,
        };
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Broken_code_is_no_failure()
    {
        string source = HandlerSource.With(
                preserve: "void Preserve(Disk file, Bus bus, out DiskState state) => state = default;", attribute: "LiveUpdateFileHandler(\"disk-v1\"), UsesFlb<BusFlb>")
            + "public sealed class Bus { }\n" + FlbSource.Declare();
        Assert.Empty(await HandlerCompilation.FindRejectionsAsync(HandlerCompilation.Create(source)));
        for (int length = HandlerSource.Usings.Length; length < source.Length; length += 11)
        {
            var diagnostics = await HandlerCompilation.AnalyzeAsync(HandlerCompilation.Create(source[..length]));
            Assert.DoesNotContain(diagnostics, diagnostic => !diagnostic.Id.StartsWith("LUO", StringComparison.Ordinal));
        }
    }

    private static Task VerifyAsync(string source) => new HandlerAnalyzerTest<FlbBindingAnalyzer> { TestCode = source }.RunAsync(TestContext.Current.CancellationToken);

    private static Task VerifyHandlerAsync(string source) =>
        new HandlerAnalyzerTest<HandlerBindingAnalyzer> { TestCode = source }.RunAsync(TestContext.Current.CancellationToken);
}
