using LuoHandlers.CodeFixes;
using Microsoft.CodeAnalysis.Testing;

namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>Each rejection of a typed session is reported, in its place, and what is right is not.</summary>
public sealed class SessionBindingAnalyzerTests
{
    [Theory]
    [InlineData("[Token(1)] public partial Disk Boot { get; set; } [Token(2)] public partial Tape? Log { get; set; }")]
    [InlineData("[Token(0)] internal partial LuoFile Boot { get; private set; } [Token(ulong.MaxValue)] private partial Tape Log { get; init; }")]
    [InlineData("private const ulong First = 1; [Token(First)] public partial Disk Boot { get; set; } [Token(First + 1)] public partial Disk Data { get; set; }")]
    [InlineData("public string Name { get; set; } = \"\"; public void Other() { }")]
    [InlineData("[Token(1)] protected partial Disk Boot { get; set; }", "public sealed partial class VmSession")]
    [InlineData("", "public partial class VmSession : Other")]
    public Task Right_sessions_have_no_diagnostic_and_compile(string members, string declaration = "public partial class VmSession") =>
        VerifyAsync(members, CompilerDiagnostics.Errors, declaration);

    [Theory]
    [InlineData("[Token(1)] public Disk {|LUO5001:Boot|} { get; set; } = new();")]
    [InlineData("[Token(1)] public static partial Disk {|LUO5001:Boot|} { get; set; }")]
    [InlineData("[Token(1)] public partial Disk {|LUO5001:Boot|} { get; }")]
    [InlineData("[Token(1)] public partial Disk {|LUO5001:Boot|} { set; }")]
    [InlineData("[Token(1)] public partial string {|LUO5001:Boot|} { get; set; }")]
    [InlineData("[Token(1)] public partial Disk[] {|LUO5001:Boot|} { get; set; }")]
    [InlineData("[Token(1)] public partial Disk {|LUO5001:Boot|} { get; set; } public partial Disk Boot { get => new(); set { } }")]
    [InlineData("[Token(1)] public partial Disk Boot { get; set; } [Token({|LUO5002:1|})] public partial Disk Data { get; set; }")]
    [InlineData("private const ulong One = 1; [Token(1)] public partial Disk Boot { get; set; } [Token({|LUO5002:One|})] public partial Disk Data { get; set; }")]
    [InlineData("enum Slot { One = 1 } [Token((ulong)Slot.One)] public partial Disk Boot { get; set; } [Token({|LUO5002:2 - 1|})] public partial Disk Data { get; set; }")]
    [InlineData("[Token(1)] public partial Disk Boot { get; set; } public void {|LUO5007:Finish|}() { }")]
    [InlineData("[Token(1)] public partial Disk {|LUO5007:Session|} { get; set; }")]
    [InlineData("[Token(1)] public partial Disk Boot { get; set; } private int {|LUO5007:__session|}, {|LUO5007:__token1|}, __token2;")]
    [InlineData("void System.IDisposable.{|LUO5007:Dispose|}() { }", "public partial class VmSession : System.IDisposable")]
    [InlineData("", "public partial class {|LUO5007:{|LUO5007:VmSession|}|} : Closing")]
    [InlineData("", "public partial class {|LUO5007:VmSession|} : Inheriting")]
    [InlineData("public required int Number { get; set; }", "public partial class {|LUO5007:VmSession|}")]
    [InlineData("public int Number => number;", "public partial class {|LUO5007:VmSession|}(int number)")]
    [InlineData("", "public partial class {|LUO5007:VmSession|} : Base")]
    public Task What_is_wrong_is_reported_and_compiles_so_that_a_build_says_it(string members, string declaration = "public partial class VmSession") =>
        VerifyAsync(members, CompilerDiagnostics.Errors, declaration);

    [Theory]
    [InlineData("", "public class {|LUO1001:VmSession|}")]
    [InlineData("", "public abstract partial class {|LUO1002:VmSession|}")]
    [InlineData("", "public partial class {|LUO1002:VmSession|}<T>")]
    public Task A_class_that_can_have_no_other_part_is_reported(string members, string declaration) => VerifyAsync(members, CompilerDiagnostics.None, declaration);

    [Fact]
    public Task A_token_outside_of_a_session() => VerifyAsync("", CompilerDiagnostics.None, other: "public partial class Other { [Token(1)] public partial Disk {|LUO5001:Boot|} { get; set; } }");

    [Fact]
    public Task The_fix_gives_a_free_token_and_Fix_All_different_ones()
    {
        AnalyzerCodeFixTest<SessionBindingAnalyzer, RenumberTokenCodeFixProvider> test = new()
        {
            TestCode = Source("[Token(1)] public partial Disk A { get; set; } [Token({|LUO5002:1|})] public partial Disk B { get; set; } [Token(2)] public partial Disk C { get; set; } [Token( {|LUO5002:2|} )] public partial Disk D { get; set; }"),
            FixedCode = Source("[Token(1)] public partial Disk A { get; set; } [Token(3)] public partial Disk B { get; set; } [Token(2)] public partial Disk C { get; set; } [Token( 4 )] public partial Disk D { get; set; }"),
            CompilerDiagnostics = CompilerDiagnostics.None,
            NumberOfFixAllIterations = 1,
        };
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Broken_code_is_no_failure()
    {
        string source = Source("private const ulong First = 1; [Token(First)] public partial Disk Boot { get; set; } [Token(2)] internal partial Tape? Log { get; private set; }");
        Assert.Empty(await HandlerCompilation.AnalyzeAsync(HandlerCompilation.Create(source)));
        for (int length = HandlerSource.Usings.Length; length < source.Length; length += 5)
        {
            var diagnostics = await HandlerCompilation.AnalyzeAsync(HandlerCompilation.Create(source[..length]));
            Assert.DoesNotContain(diagnostics, diagnostic => !diagnostic.Id.StartsWith("LUO", StringComparison.Ordinal));
        }
    }

    private static string Source(string members, string declaration = "public partial class VmSession", string other = "") => $$"""
        {{HandlerSource.Usings}}{{HandlerSource.Types}}
        [LiveUpdateSession]
        public partial class Base { }

        public class Closing : System.IDisposable { public void Dispose() { } protected int Finish; private int Preserve() => 1; }
        public class Inheriting : Middle { }
        public class Middle { public virtual string Session() => ""; }
        public class Other { private void Dispose() { } public void Finish(int number) { } public void Retrieve() { } }

        [LiveUpdateSession]
        {{declaration}}
        {
            {{members}}
        }
        {{other}}
        """;

    private static Task VerifyAsync(string members, CompilerDiagnostics compiler, string declaration = "public partial class VmSession", string other = "") =>
        new HandlerAnalyzerTest<SessionBindingAnalyzer> { TestCode = Source(members, declaration, other), CompilerDiagnostics = compiler }
            .RunAsync(TestContext.Current.CancellationToken);
}
