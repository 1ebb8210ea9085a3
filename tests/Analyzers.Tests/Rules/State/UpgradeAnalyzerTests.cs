using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers.Tests.Rules.State;

/// <summary>LUO3120 to LUO3122: each wrong way to read an older version is reported in its place, and the right ones are not and compile.</summary>
public sealed class UpgradeAnalyzerTests
{
    private const string Old = "[PreservedState] public struct DiskStateV1 { public ulong Length; }\n[PreservedState] public struct TagV1 { public int Tag; }\n";

    [Theory]
    [InlineData("[RetrievesFrom(\"disk-v0\")] static DiskState Upgrade(in DiskStateV1 old) => default;")]
    [InlineData("[RetrievesFrom(\"disk-v0\")] DiskState Upgrade(IKho kho, ref readonly DiskStateV1 old) => default;")]
    [InlineData("[RetrievesFrom(\"disk-v0\")] static Errno Upgrade(out DiskState state, DiskStateV1 old) { state = default; return Errno.None; }")]
    [InlineData("[RetrievesFrom(\"a\")] static DiskState Upgrade(in DiskStateV1 old) => default; [RetrievesFrom(\"b\")] static DiskState Upgrade(in TagV1 old) => default;")]
    [InlineData("[RetrievesFrom(\"a\")] static DiskState A(in DiskState old) => old; [RetrievesFrom(\"b\")] static DiskState B(in DiskStateV1 old) => default;")]
    [InlineData("[RetrievesFrom(\"a\")] static Errno Upgrade(in DiskState old, out DiskState state) { state = old; return Errno.None; }")]
    [InlineData("private struct Other { } [RetrievesFrom(\"disk-v0\")] static DiskState Upgrade(in Inner old) => default; [PreservedState] private struct Inner { public int Number; }")]
    public Task Right_upgrades(string upgrade) => VerifyAsync(upgrade);

    [Theory]
    [InlineData("[RetrievesFrom(\"disk-v0\")] static DiskState {|LUO3120:Upgrade|}() => default;")]
    [InlineData("[RetrievesFrom(\"disk-v0\")] static DiskState {|LUO3120:Upgrade|}(IKho kho) => default;")]
    [InlineData("[RetrievesFrom(\"disk-v0\")] static void {|LUO3120:Upgrade|}(in DiskStateV1 old) { }")]
    [InlineData("[RetrievesFrom(\"disk-v0\")] static DiskStateV1 {|LUO3120:Upgrade|}(in DiskStateV1 old) => old;")]
    [InlineData("[RetrievesFrom(\"disk-v0\")] static Disk {|LUO3120:Upgrade|}(in DiskStateV1 old) => new();")]
    [InlineData("[RetrievesFrom(\"disk-v0\")] static Errno {|LUO3120:Upgrade|}(in DiskStateV1 old) => default;")]
    [InlineData("[RetrievesFrom(\"disk-v0\")] static DiskState {|LUO3120:Upgrade|}(in DiskStateV1 old, out DiskState state) => state = default;")]
    [InlineData("static DiskState s_state; [RetrievesFrom(\"disk-v0\")] static ref DiskState {|LUO3120:Upgrade|}(in DiskStateV1 old) => ref s_state;")]
    [InlineData("[RetrievesFrom(\"disk-v0\")] static DiskState Upgrade(in DiskStateV1 old, int {|LUO3120:number|}) => default;")]
    [InlineData("[RetrievesFrom(\"disk-v0\")] static DiskState Upgrade(in DiskStateV1 old, Disk {|LUO3120:file|}) => default;")]
    [InlineData("[RetrievesFrom(\"disk-v0\")] static DiskState Upgrade(in DiskStateV1 old, in TagV1 {|LUO3120:other|}) => default;")]
    [InlineData("[RetrievesFrom(\"disk-v0\")] static DiskState Upgrade(in DiskStateV1 old, IKho kho, IKho {|LUO3120:other|}) => default;")]
    [InlineData("[RetrievesFrom(\"disk-v0\")] static DiskState Upgrade(in DiskStateV1 old, ref IKho {|LUO3120:kho|}) => default;")]
    [InlineData("[RetrievesFrom(\"disk-v0\")] static DiskState Upgrade(ref DiskStateV1 {|LUO3120:old|}) => default;")]
    [InlineData("[RetrievesFrom(\"disk-v0\")] static Errno Upgrade(in DiskStateV1 old, out TagV1 {|LUO3120:state|}) { state = default; return default; }")]
    [InlineData("[RetrievesFrom(\"disk-v0\")] static DiskState Upgrade(in Plain {|LUO2002:old|}) => default; public struct Plain { public int Number; }")]
    [InlineData("[RetrievesFrom(\"disk-v0\")] static DiskState {|LUO2008:Upgrade|}<T>(in DiskStateV1 old) => default;")]
    [InlineData("[RetrievesFrom(\"disk-v0\")] static async System.Threading.Tasks.Task<DiskState> {|LUO2008:Upgrade|}(DiskStateV1 old) { await System.Threading.Tasks.Task.Yield(); return default; }")]
    [InlineData("[RetrievesFrom({|LUO1003:\"\"|})] static DiskState Upgrade(in DiskStateV1 old) => default;")]
    [InlineData("[RetrievesFrom({|LUO1003:\"0123456789012345678901234567890123456789-4567-v1\"|})] static DiskState Upgrade(in DiskStateV1 old) => default;")]
    public Task LUO3120_wrong_upgrades(string upgrade) => VerifyAsync(upgrade);

    [Fact]
    public Task LUO3120_without_a_state() => RunAsync<HandlerBindingAnalyzer>(HandlerSource.With(
        preserve: "void Preserve(Disk file, out ulong serializedData) => serializedData = 0;",
        unpreserve: "void Unpreserve() { }",
        retrieve: "Disk Retrieve(ulong serializedData) => new();",
        finish: "void Finish() { }",
        other: "[RetrievesFrom(\"disk-v0\")] static DiskState {|LUO3120:Upgrade|}(in DiskStateV1 old) => default;") + Old);

    [Fact]
    public Task An_upgrade_is_not_blamed_for_a_state_that_another_mistake_hides() => RunAsync<HandlerBindingAnalyzer>(HandlerSource.With(
        preserve: null,
        unpreserve: "void Unpreserve() { }",
        retrieve: "Disk Retrieve() => new();",
        finish: "void Finish() { }",
        other: "[RetrievesFrom(\"disk-v0\")] static DiskState Upgrade(in DiskStateV1 old) => default;",
        declaration: "public sealed partial class {|LUO2001:DiskHandler|}") + Old);

    [Theory]
    [InlineData("[RetrievesFrom({|LUO3121:\"disk-v1\"|})] static DiskState Upgrade(in DiskStateV1 old) => default;")]
    [InlineData("[RetrievesFrom(\"disk-v0\")] static DiskState Upgrade(in DiskStateV1 old) => default; [RetrievesFrom({|LUO3121:\"disk-v0\"|})] static DiskState Again(in TagV1 old) => default;")]
    public Task LUO3121_in_one_handler(string upgrade) => VerifyAsync(upgrade);

    [Theory]
    [InlineData("{|LUO1008:\"tape-v1\"|}", null, "{|LUO3121:\"tape-v1\"|}")]
    [InlineData("\"tape-v2\"", "{|LUO3121:\"tape-v1\"|}", "{|LUO3121:\"tape-v1\"|}")]
    [InlineData("\"tape-v2\"", "\"tape-v1\"", "\"disk-v0\"")]
    [InlineData("\"tape-v2\"", "{|LUO1009:\"disk.v0\"|}", "{|LUO1009:\"disk-v0\"|}")]
    [InlineData("\"tape-v2\"", "\"tape.v2\"", "\"disk_v1\"")]
    public Task LUO3121_in_two_handlers(string other, string? otherOlder, string older) => RunAsync<CompatibleUniquenessAnalyzer>(
        HandlerSource.With(other: Upgrade(older))
        + HandlerSource.With(other: otherOlder is null ? null : Upgrade(otherOlder), attribute: $"LiveUpdateFileHandler({other})", declaration: "public sealed partial class OtherHandler")[(HandlerSource.Usings.Length + HandlerSource.Types.Length)..]
        + Old);

    [Theory]
    [InlineData("\"disk-v0\"")]
    [InlineData("{|LUO3121:\"note-v1\"|}")]
    [InlineData("{|LUO3121:\"note-v2\"|}")]
    public Task LUO3121_in_a_referenced_assembly(string older)
    {
        Compilation library = HandlerCompilation.Generate(
            HandlerCompilation.Create(HandlerSource.With(other: Upgrade("\"note-v1\""), attribute: "LiveUpdateFileHandler(\"note-v2\")") + Old).WithAssemblyName("Library"), out _);
        MemoryStream image = new();
        Assert.True(library.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        HandlerAnalyzerTest<CompatibleUniquenessAnalyzer> test = new() { TestCode = HandlerSource.With(other: Upgrade(older)) + Old };
        test.TestState.AdditionalReferences.Add(MetadataReference.CreateFromImage(image.ToArray()));
        // The library has types of the same names, which the test's hide.
        test.DisabledDiagnostics.Add("CS0436");
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task LUO3122_what_is_no_method() =>
        VerifyAsync("[RetrievesFrom(\"disk-v0\")] public static explicit operator {|LUO3122:DiskState|}(DiskHandler handler) => default;");

    [Fact]
    public Task LUO3122_in_an_FLB() => RunAsync<FlbBindingAnalyzer>(
        FlbSource.With(other: "[RetrievesFrom(\"bus-v0\")] static DiskState {|LUO3122:Upgrade|}(in DiskState old) => old;"));

    [Fact]
    public Task LUO3122_in_another_class() => RunAsync<UpgradePlaceAnalyzer>(
        HandlerSource.With(other: Upgrade("\"disk-v0\"")) + Old + "public class Other { " + Upgrade("\"disk-v0\"").Replace("Upgrade(", "{|LUO3122:Upgrade|}(", StringComparison.Ordinal) + " static void Plain() { } }");

    [Fact]
    public async Task Broken_code_is_no_failure()
    {
        string source = HandlerSource.With(other: Upgrade("\"disk-v0\"")) + Old;
        for (int length = source.Length; length > HandlerSource.Usings.Length; length -= 7)
            Assert.DoesNotContain(await HandlerCompilation.AnalyzeAsync(HandlerCompilation.Create(source[..length])), diagnostic => !diagnostic.Id.StartsWith("LUO", StringComparison.Ordinal));
    }

    private static string Upgrade(string compatible) => $"[RetrievesFrom({compatible})] static DiskState Upgrade(in DiskStateV1 old) => default;";

    private static Task VerifyAsync(string upgrade) => RunAsync<HandlerBindingAnalyzer>(HandlerSource.With(other: upgrade) + Old);

    private static Task RunAsync<TAnalyzer>(string source)
        where TAnalyzer : DiagnosticAnalyzer, new() =>
        new HandlerAnalyzerTest<TAnalyzer> { TestCode = source }.RunAsync(TestContext.Current.CancellationToken);
}
