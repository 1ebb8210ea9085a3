using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace LuoHandlers.Analyzers.Tests.Rules;

public sealed class StateLayoutAnalyzerTests
{
    [Theory]
    [InlineData("public ulong A; public uint B; public ushort C; public byte D; public byte E;")]
    [InlineData("public byte A; public byte B; public ushort C; public uint D;")]
    [InlineData("public byte A;")]
    [InlineData("public Range A; public KhoVmalloc<Range> B; public PhysicalAddress C; public Pfn D;")]
    [InlineData("public Four A; public FourRanges B; public fixed uint C[8];")]
    [InlineData("public uint A; public Point B; public uint C;")]
    [InlineData("public Pair<uint> A; public Pair<Range> B;")]
    [InlineData("public fixed ulong A[524288];")]
    public Task Right(string fields) => VerifyAsync(StateSource.With(fields));

    [Theory]
    [InlineData("[StructLayout(LayoutKind.Sequential, Pack = 1)] public struct State", "public byte A; public ulong B;")]
    [InlineData("[StructLayout(LayoutKind.Explicit)] public struct State", "[FieldOffset(0)] public ulong A; [FieldOffset(0)] public uint B; [FieldOffset(4)] public uint C;")]
    [InlineData("public readonly record struct State(uint A, uint B)", "public ulong C { get; init; }")]
    public Task Right_with_another_layout(string declaration, string fields) => VerifyAsync(StateSource.With(fields, declaration: declaration));

    [Fact]
    public Task LUO3005_auto() => VerifyAsync(
        StateSource.With("public ulong A;", declaration: "[StructLayout({|#1:LayoutKind.Auto|})] public struct {|#0:State|}"),
        Expected(StateLayoutAnalyzer.AutomaticLayout, "State").WithLocation(1));

    [Fact]
    public Task LUO3005_in_a_field() => VerifyAsync(
        StateSource.With("public Inner {|#0:A|};", "[StructLayout({|#1:LayoutKind.Auto|})] public struct Inner { public ulong A; }"),
        Expected(StateLayoutAnalyzer.AutomaticLayoutInside, "A", "State", "Inner").WithLocation(1));

    [Theory]
    [InlineData("public uint A; public ulong {|#0:B|};", "4 bytes", "4", "B")]
    [InlineData("public byte A; public ushort {|#0:B|}; public uint C;", "1 byte", "1", "B")]
    [InlineData("public byte A; public ulong {|#0:B|}, C;", "7 bytes", "1", "B")]
    [InlineData("public byte A; public uint {|#0:B|} { get; set; }", "3 bytes", "1", "B")]
    [InlineData("public ulong A; public Int128 {|#0:B|};", "8 bytes", "8", "B")]
    [InlineData("public byte A; public Range {|#0:B|};", "7 bytes", "1", "B")]
    public Task LUO3006_before_a_field(string fields, string bytes, string offset, string next) =>
        VerifyAsync(StateSource.With(fields), Expected(StateLayoutAnalyzer.PaddingBefore, bytes, offset, "State", next));

    [Theory]
    [InlineData("public ulong A; public uint B;", "4 bytes", "12")]
    [InlineData("public uint A; public byte B; public ushort {|LUO3006:C|}; public byte D;", "3 bytes", "9")]
    public Task LUO3006_at_the_end(string fields, string bytes, string offset) => VerifyAsync(
        StateSource.With(fields, declaration: "public struct {|#0:State|}"), Expected(StateLayoutAnalyzer.PaddingAtEnd, bytes, offset, "State"));

    [Theory]
    [InlineData("[StructLayout(LayoutKind.Explicit)] public struct State", "[FieldOffset(0)] public byte A; [FieldOffset(4)] public uint {|LUO3006:B|};")]
    [InlineData("[StructLayout(LayoutKind.Sequential, Size = 16)] public struct {|LUO3006:State|}", "public ulong A;")]
    [InlineData("public record struct State(byte A, ulong {|LUO3006:B|})", "")]
    public Task LUO3006_with_another_layout(string declaration, string fields) => VerifyAsync(StateSource.With(fields, declaration: declaration));

    [Theory]
    [InlineData("public Inner {|#0:A|};", "A")]
    [InlineData("public KhoVmalloc<Inner> {|#0:A|};", "A[]")]
    public Task LUO3006_inside_of_a_field(string field, string path) => VerifyAsync(
        StateSource.With(field, "public struct Inner { public byte B; public ushort C; }"),
        Expected(StateLayoutAnalyzer.PaddingInside, "1 byte", "1", "Inner", path, "State"));

    [Fact]
    public Task Padding_inside_of_a_marked_struct_is_reported_there() => VerifyAsync(
        StateSource.With("public Inner A;", "[PreservedState] public struct Inner { public byte B; public ushort {|LUO3006:C|}; }"));

    [Theory]
    [InlineData("public struct {|LUO3007:State|}<T> where T : unmanaged", "public T A;")]
    [InlineData("public struct {|LUO3007:State|}<T>", "public byte A; public ulong B;")]
    public Task LUO3007_generic(string declaration, string fields) => VerifyAsync(StateSource.With(fields, declaration: declaration));

    [Fact]
    public Task LUO3007_in_a_generic_type() => VerifyAsync(
        StateSource.Usings + "public class Outer<T> { [PreservedState] public struct {|LUO3007:State|} { public ulong A; } }");

    [Fact]
    public Task LUO3008_too_large() => VerifyAsync(
        StateSource.With("public fixed ulong A[524289];", declaration: "public unsafe struct {|#0:State|}"),
        Expected(StateLayoutAnalyzer.TooLarge, "State", "4194312", "4194304"));

    [Theory]
    [InlineData("")]
    [InlineData("public const int A = 1; public static ulong B; public readonly ulong C => 1;")]
    public Task LUO3009_empty(string fields) => VerifyAsync(StateSource.With(fields, declaration: "public struct {|LUO3009:State|}"));

    [Theory]
    [InlineData("public byte A; public {|CS0246:Missing|} B;")]
    [InlineData("public byte A; public State {|CS0523:B|};")]
    public Task Broken_code_is_the_compilers(string fields) => VerifyAsync(StateSource.With(fields));

    private static DiagnosticResult Expected(DiagnosticDescriptor descriptor, params object[] arguments) =>
        new DiagnosticResult(descriptor).WithLocation(0).WithArguments(arguments);

    private static Task VerifyAsync(string source, params DiagnosticResult[] expected)
    {
        StateAnalyzerTest<StateLayoutAnalyzer> test = new() { TestCode = source };
        test.ExpectedDiagnostics.AddRange(expected);
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
