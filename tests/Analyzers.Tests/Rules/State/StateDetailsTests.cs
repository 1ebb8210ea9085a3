using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO3001 to LUO3012 in detail: numbers of every type, and types that are only named like others.</summary>
public sealed class StateDetailsTests
{
    private static readonly string[] Numbers = ["ulong", "long", "uint", "int", "ushort", "short", "byte", "sbyte"];

    [Theory]
    [InlineData("0", "{0}")]
    [InlineData("1", "{{|LUO3012:{0}|}}")]
    public Task Reserved_fields_of_every_type(string value, string marked) => VerifyUseAsync(
        $"Reserved{{0}} = {value}", "Reserved{0}: 0", marked, "Reserved");

    [Theory]
    [InlineData("0", "{0}")]
    [InlineData("1", "{{|LUO3010:{0}|}}")]
    public Task Fields_of_every_type_that_must_be_zero(string value, string marked) => VerifyUseAsync("", $"Flags{{0}}: {value}", marked, "Flags");

    [Theory]
    [InlineData("Disk? Retrieve(in State state) => null;", "Last")]
    [InlineData("Disk? Retrieve(in State state) => state.Size == 0 ? null : new Disk();", "{|LUO3011:Last|}")]
    public Task A_retrieve_that_gives_no_file_is_not_written_yet(string retrieve, string last) => VerifyUseAsync(
        Source("void Preserve(Disk file, out State state) => state = new State { Size = 1, Last = 2 };", retrieve)
        + $"[PreservedState] public struct State {{ public ulong Size, {last}; }}");

    [Fact]
    public Task A_state_of_another_assembly_is_reported_where_it_is_taken()
    {
        StateAnalyzerTest<StateUseAnalyzer> test = new()
        {
            TestCode = Source("void Preserve(Disk file, out State {|LUO3010:state|}) => state = new State { Size = 1 };", "Disk Retrieve(in State state) => new() { Size = state.Size + state.Last };"),
        };
        test.TestState.AdditionalReferences.Add(Compile("[LuoHandlers.PreservedState] public struct State { public ulong Size, Last; }"));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task A_layout_of_another_assembly_is_not_shown()
    {
        StateAnalyzerTest<StateLayoutAnalyzer> test = new() { TestCode = StateSource.With("public Inner {|#0:A|};") };
        test.TestState.AdditionalReferences.Add(Compile("[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)] public struct Inner { public ulong A; }"));
        test.ExpectedDiagnostics.Add(new DiagnosticResult(StateLayoutAnalyzer.AutomaticLayoutInside).WithLocation(0).WithArguments("A", "State", "Inner"));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task What_is_in_a_struct_of_the_framework_is_its_own() => new StateAnalyzerTest<StateLayoutAnalyzer>
    {
        TestCode = StateSource.With("public DateTimeOffset A; public int? B;"),
    }.RunAsync(TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("public Mine.SafeHandle {|#0:A|};", "SafeHandle", "a reference")]
    [InlineData("public Mine.Lock {|#0:A|};", "Lock", "a reference")]
    [InlineData("public Microsoft.Win32.SafeHandles.SafeFileHandle {|#0:A|};", "SafeFileHandle", "a handle of this process")]
    [InlineData("public Mine.KhoVmalloc<bool> A;", null, null)]
    public Task Types_of_the_same_names(string field, string? type, string? reason)
    {
        StateAnalyzerTest<StateFieldAnalyzer> test = new()
        {
            TestCode = StateSource.With(field) + "namespace Mine { public class SafeHandle { } public class Lock { } public struct KhoVmalloc<T> { public ulong First; } }",
        };
        if (type is not null)
            test.ExpectedDiagnostics.Add(new DiagnosticResult(StateFieldAnalyzer.Reference).WithLocation(0).WithArguments("A", "State", type, reason!));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static CompilationReference Compile(string source) => HandlerCompilation.Create(source).WithAssemblyName("Library").ToMetadataReference();

    private static Task VerifyUseAsync(string written, string read, string marked, string name)
    {
        string writes = written.Length == 0 ? "" : ", " + Join(written, ", ");
        return VerifyUseAsync(
            Source(
                $"void Preserve(Disk file, out State state) => state = new State {{ Size = 1{writes} }};",
                $"Disk Retrieve(in State state) => state is {{ {Join(read, ", ")} }} ? new Disk {{ Size = state.Size }} : throw new ErrnoException(Errno.EINVAL);")
            + $"[PreservedState] public struct State {{ public ulong Size; {string.Join(' ', Numbers.Select((type, index) => $"public {type} {Format(marked, name + index)};"))} }}");
    }

    private static string Join(string format, string separator) => string.Join(separator, Numbers.Select((_, index) => Format(format, index)));

    private static string Format(string format, object value) => string.Format(System.Globalization.CultureInfo.InvariantCulture, format, value);

    private static string Source(string preserve, string retrieve) => HandlerSource.With(
        preserve: preserve, unpreserve: "void Unpreserve() { }", retrieve: retrieve, finish: "void Finish() { }");

    private static Task VerifyUseAsync(string source) => new StateAnalyzerTest<StateUseAnalyzer> { TestCode = source }.RunAsync(TestContext.Current.CancellationToken);
}
