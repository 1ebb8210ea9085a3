using LuoHandlers.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>Fixes that change a declaration: one by one and all at once they lead to code that compiles and has the diagnostic no more.</summary>
public sealed class MechanicalFixTests
{
    [Theory]
    [InlineData("public abstract partial class {|LUO1002:DiskHandler|}", "public partial class DiskHandler")]
    [InlineData("abstract partial class {|LUO1002:DiskHandler|}", "partial class DiskHandler")]
    [InlineData("file sealed partial class {|LUO1002:DiskHandler|}", "sealed partial class DiskHandler")]
    public Task LUO1002_a_modifier_is_removed(string before, string after) =>
        VerifyAsync<HandlerBindingAnalyzer, RegistrableClassCodeFixProvider>(HandlerSource.With(declaration: before), HandlerSource.With(declaration: after));

    [Fact]
    public Task LUO1002_static() => VerifyAsync<HandlerBindingAnalyzer, RegistrableClassCodeFixProvider>(Static("static ", "{|LUO1002:DiskHandler|}"), Static("", "DiskHandler"));

    [Theory]
    [InlineData("private sealed partial class {|LUO1002:DiskHandler|}", "internal sealed partial class DiskHandler")]
    [InlineData("protected partial class {|LUO1002:DiskHandler|}", "internal partial class DiskHandler")]
    [InlineData("// Why.\n    sealed partial class {|LUO1002:DiskHandler|}", "// Why.\n    internal sealed partial class DiskHandler")]
    public Task LUO1002_a_nested_class_becomes_internal(string before, string after) =>
        VerifyAsync<HandlerBindingAnalyzer, RegistrableClassCodeFixProvider>(Nested(before), Nested(after));

    [Theory]
    [InlineData("public partial struct {|LUO1002:DiskHandler|}")]
    [InlineData("public partial class {|LUO1002:DiskHandler|}<T>")]
    public Task LUO1002_another_design_has_no_fix(string declaration) =>
        VerifyAsync<HandlerBindingAnalyzer, RegistrableClassCodeFixProvider>(HandlerSource.With(declaration: declaration), HandlerSource.With(declaration: declaration));

    [Theory]
    [InlineData("void Finish(Disk {|LUO2009:file|}) { }", "void Finish(Disk? file) { }")]
    [InlineData("void Finish(RetrieveStatus status, Disk {|LUO2009:file|}) => file.ToString();", "void Finish(RetrieveStatus status, Disk? file) => file?.ToString();")]
    [InlineData(
        "void Finish(Disk {|LUO2009:file|}) { file.ToString(); if (file != null) file.GetHashCode(); } bool CanFinish(Disk {|LUO2009:file|}) => true;",
        "void Finish(Disk? file) { file?.ToString(); if (file != null) file?.GetHashCode(); } bool CanFinish(Disk? file) => true;")]
    public Task LUO2009_the_file_may_be_null(string before, string after) =>
        VerifyAsync<HandlerBindingAnalyzer, NullableFileCodeFixProvider>(HandlerSource.With(finish: before), HandlerSource.With(finish: after));

    [Theory]
    [InlineData("public bool {|LUO3003:Flag|};", "private byte _flag;\n    public bool Flag { readonly get => _flag != 0; set => _flag = value ? (byte)1 : (byte)0; }")]
    [InlineData("// Why.\n    internal char {|LUO3003:letter|}; // So.", "private ushort _letter;\n    // Why.\n    internal char letter { readonly get => (char)_letter; set => _letter = value; } // So.")]
    [InlineData("bool {|LUO3003:_flag|};\n    char {|LUO3003:B|};", "private byte __flag;\n    bool _flag { readonly get => __flag != 0; set => __flag = value ? (byte)1 : (byte)0; }\n    private ushort _b;\n    char B { readonly get => (char)_b; set => _b = value; }")]
    [InlineData("public bool {|LUO3003:A|}, {|LUO3003:B|};", "public bool {|LUO3003:A|}, {|LUO3003:B|};")]
    [InlineData("public decimal {|LUO3003:A|};", "public decimal {|LUO3003:A|};")]
    [InlineData("public readonly bool {|LUO3003:A|};", "public readonly bool {|LUO3003:A|};")]
    [InlineData("public bool {|LUO3003:A|} { get; set; }", "public bool {|LUO3003:A|} { get; set; }")]
    public Task LUO3003_a_field_of_fixed_width(string before, string after) =>
        VerifyAsync<StateFieldAnalyzer, FixedWidthFieldCodeFixProvider>(StateSource.With(before), StateSource.With(after));

    [Fact]
    public Task LUO4013_an_Unfreeze_is_written() => VerifyAsync<MissingUnfreezeAnalyzer, AddUnfreezeCodeFixProvider>(
        FlowSource.Plain(other: "void {|LUO4013:Freeze|}(Disk file) => file.Lock();"),
        FlowSource.Plain(other: """
            void Freeze(Disk file) => file.Lock();

                void Unfreeze(Disk file, in DiskState state)
                {
                    // Take back here what Freeze changed: LUO asks for it when the reboot fails.
                }
            """));

    [Theory]
    [InlineData("public Disk {|LUO5001:First|} { get; set; } = null!;", null)]
    [InlineData("public Disk {|LUO5001:First|} { get; set; }", "public partial Disk First { get; set; }")]
    [InlineData("static Disk {|LUO5001:{|LUO5001:First|}|} { get; set; }", "partial Disk First { get; set; }")]
    [InlineData("Disk {|LUO5001:{|LUO5001:First|}|} { get; }", "partial Disk First { get; set; }")]
    [InlineData("public Disk {|LUO5001:First|} { get => null!; set { } }", null)]
    public Task LUO5001_a_property_is_declared(string before, string? after) => VerifyAsync<SessionBindingAnalyzer, TokenPropertyCodeFixProvider>(
        Session(before), Session(after ?? before));

    [Theory]
    [InlineData("session.PreserveFd(1, 4); session.PreserveFd({|LUO5003:1|}, 5);", "session.PreserveFd(1, 4); session.PreserveFd(2, 5);")]
    [InlineData(
        "session.PreserveFd(7, 1); session.PreserveFd({|LUO5003:7|}, 2); session.PreserveFd({|LUO5003:7|}, 4);",
        "session.PreserveFd(7, 1); session.PreserveFd(3, 2); session.PreserveFd(5, 4);")]
    [InlineData("const ulong T = 1; session.PreserveFd(T, 4); session.PreserveFd({|LUO5003:T|}, 5);", null)]
    public Task LUO5003_another_token(string before, string? after) => VerifyAsync<SessionUseAnalyzer, RenumberRepeatedTokenCodeFixProvider>(
        Agent(before), Agent(after ?? before));

    private static string Static(string modifier, string name) => HandlerSource.With(
        "static " + HandlerSource.CanPreserve,
        "static " + HandlerSource.Preserve,
        "static " + HandlerSource.Unpreserve,
        "static " + HandlerSource.Retrieve,
        "static " + HandlerSource.Finish,
        declaration: $"public {modifier}partial class {name}");

    private static string Nested(string declaration)
    {
        string handler = HandlerSource.With(declaration: declaration);
        int start = handler.IndexOf("[LiveUpdateFileHandler", StringComparison.Ordinal);
        return $"{handler[..start]}public partial class Outer\n{{\n    {handler[start..].Replace("\n", "\n    ", StringComparison.Ordinal)}\n}}\n";
    }

    private static string Session(string property) => HandlerSource.Usings + HandlerSource.Types + $$"""
        [LiveUpdateSession]
        public sealed partial class Disks
        {
            [Token(1)] {{property}}
        }

        """;

    private static string Agent(string statements) => FlowSource.Code($$"""
        public static class Agent
        {
            public static void Run(LiveUpdateSession session)
            {
                {{statements}}
            }
        }
        """);

    private static Task VerifyAsync<TAnalyzer, TFix>(string before, string after)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        // The compiler says of some of these classes what we say, in its words, or what has to wait for the next fix.
        AnalyzerCodeFixTest<TAnalyzer, TFix> test = new() { TestCode = before, CompilerDiagnostics = Microsoft.CodeAnalysis.Testing.CompilerDiagnostics.None };
        if (before != after)
        {
            test.FixedCode = after;
            test.CompilerDiagnostics = Microsoft.CodeAnalysis.Testing.CompilerDiagnostics.Errors;
        }
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
