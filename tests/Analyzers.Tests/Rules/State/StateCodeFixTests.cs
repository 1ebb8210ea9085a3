using LuoHandlers.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers.Tests.Rules;

public sealed class StateCodeFixTests
{
    [Theory]
    [InlineData("public enum Plain { None }", "public enum Plain : int { None }")]
    [InlineData("public enum Plain // Why.\n{\n    None,\n}", "public enum Plain : int // Why.\n{\n    None,\n}")]
    public Task LUO3004_the_type_is_written_once(string before, string after) => VerifyAsync<StateFieldAnalyzer, EnumTypeCodeFixProvider>(
        StateSource.With("public Plain {|LUO3004:A|}; public Plain {|LUO3004:B|};", before), StateSource.With("public Plain A; public Plain B;", after));

    [Fact]
    public Task LUO3004_in_another_file()
    {
        AnalyzerCodeFixTest<StateFieldAnalyzer, EnumTypeCodeFixProvider> test = new()
        {
            TestCode = StateSource.With("public Plain {|LUO3004:A|}; public Other {|LUO3004:B|};"),
            FixedCode = StateSource.With("public Plain A; public Other B;"),
        };
        test.TestState.Sources.Add("public enum Plain { None }\npublic enum Other { None }\n");
        test.FixedState.Sources.Add("public enum Plain : int { None }\npublic enum Other : int { None }\n");
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task LUO3005_of_the_state() => VerifyAsync<StateLayoutAnalyzer, SequentialLayoutCodeFixProvider>(
        StateSource.With("public ulong A;", declaration: "[StructLayout(LayoutKind.Auto)] public struct {|LUO3005:State|}"),
        StateSource.With("public ulong A;", declaration: "[StructLayout(LayoutKind.Sequential)] public struct State"));

    [Fact]
    public Task LUO3005_of_a_struct_in_it() => VerifyAsync<StateLayoutAnalyzer, SequentialLayoutCodeFixProvider>(
        StateSource.With("public Inner {|LUO3005:A|};", "[StructLayout(LayoutKind.Auto, Pack = 1)] public struct Inner { public ulong A; }"),
        StateSource.With("public Inner A;", "[StructLayout(LayoutKind.Sequential, Pack = 1)] public struct Inner { public ulong A; }"));

    [Fact]
    public Task LUO3005_a_number_is_left_alone()
    {
        string source = StateSource.With("public ulong A;", declaration: "[StructLayout((short)3)] public struct {|LUO3005:State|}");
        return VerifyAsync<StateLayoutAnalyzer, SequentialLayoutCodeFixProvider>(source, source);
    }

    [Theory]
    [InlineData("public uint A;\n    public ulong {|LUO3006:B|};", "public uint A;\n    public uint Reserved;\n    public ulong B;")]
    [InlineData("public byte A;\n\n    // Why.\n    public ulong {|LUO3006:B|}, C;", "public byte A;\n    public byte Reserved;\n    public ushort Reserved2;\n    public uint Reserved3;\n\n    // Why.\n    public ulong B, C;")]
    [InlineData("internal byte A; internal ushort {|LUO3006:B|};", "internal byte A; internal byte Reserved; internal ushort B;")]
    [InlineData("public byte Reserved;\n    public uint {|LUO3006:B|} { get; set; }", "public byte Reserved;\n    public byte Reserved2;\n    public ushort Reserved3;\n    public uint B { get; set; }")]
    [InlineData("public byte A;\n    public Int128 {|LUO3006:B|};", "public byte A;\n    public byte Reserved;\n    public ushort Reserved2;\n    public uint Reserved3;\n    public ulong Reserved4;\n    public Int128 B;")]
    public Task LUO3006_before_a_field(string before, string after) =>
        VerifyAsync<StateLayoutAnalyzer, ReservedFieldsCodeFixProvider>(StateSource.With(before), StateSource.With(after));

    [Theory]
    [InlineData("public struct {|LUO3006:State|}", "public struct State", "public ulong A;\n    public byte B;\n\n    public readonly ulong Sum => A + B;", "public ulong A;\n    public byte B;\n    public byte Reserved;\n    public ushort Reserved2;\n    public uint Reserved3;\n\n    public readonly ulong Sum => A + B;")]
    [InlineData("public readonly struct {|LUO3006:State|}", "public readonly struct State", "public readonly ulong A;\n    public readonly uint B;", "public readonly ulong A;\n    public readonly uint B;\n    public readonly uint Reserved;")]
    [InlineData("[StructLayout(LayoutKind.Explicit)] public struct {|LUO3006:State|}", "[StructLayout(LayoutKind.Explicit)] public struct State", "[FieldOffset(0)] public ulong A;\n    [FieldOffset(8)] public uint B;", "[FieldOffset(0)] public ulong A;\n    [FieldOffset(8)] public uint B;\n    [FieldOffset(12)] public uint Reserved;")]
    public Task LUO3006_at_the_end(string declaration, string fixedDeclaration, string before, string after) =>
        VerifyAsync<StateLayoutAnalyzer, ReservedFieldsCodeFixProvider>(
            StateSource.With(before, declaration: declaration), StateSource.With(after, declaration: fixedDeclaration));

    [Fact]
    public Task LUO3006_Fix_All_fills_every_gap_of_every_state()
    {
        AnalyzerCodeFixTest<StateLayoutAnalyzer, ReservedFieldsCodeFixProvider> test = new()
        {
            TestCode = Source("public struct {|LUO3006:State|}", "public ushort {|LUO3006:B|};", "public ulong {|LUO3006:C|};", "public uint D;"),
            // One by one, the diagnostic at the struct itself comes first and takes the first name.
            FixedCode = Source(
                "public struct State", "public byte Reserved2;\n    public ushort B;", "public uint Reserved3;\n    public ulong C;", "public uint D;\n    public uint Reserved;"),
            BatchFixedCode = Source(
                "public struct State", "public byte Reserved;\n    public ushort B;", "public uint Reserved2;\n    public ulong C;", "public uint D;\n    public uint Reserved3;"),
        };
        return test.RunAsync(TestContext.Current.CancellationToken);

        static string Source(string declaration, string second, string third, string last) => StateSource.With(
            $"public byte A;\n    {second}\n    {third}\n    {last}",
            $"[PreservedState]\npublic struct Other\n{{\n    public byte A;\n    {(second.Contains('|', StringComparison.Ordinal) ? second : "public byte Reserved;\n    public ushort B;")}\n}}\n",
            declaration);
    }

    [Theory]
    [InlineData("public record struct State(byte A, ulong {|LUO3006:B|})", "")]
    [InlineData("[StructLayout(LayoutKind.Sequential, Size = 256)] public struct {|LUO3006:State|}", "public ulong A;")]
    [InlineData("public struct State", "public Inner {|LUO3006:A|};")]
    public Task LUO3006_no_fix(string declaration, string fields)
    {
        string source = StateSource.With(fields, "public struct Inner { public byte B; public ushort C; }", declaration);
        return VerifyAsync<StateLayoutAnalyzer, ReservedFieldsCodeFixProvider>(source, source);
    }

    private static Task VerifyAsync<TAnalyzer, TFix>(string source, string fixedSource)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new() =>
        new AnalyzerCodeFixTest<TAnalyzer, TFix> { TestCode = source, FixedCode = fixedSource }.RunAsync(TestContext.Current.CancellationToken);
}
