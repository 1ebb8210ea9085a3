using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace LuoHandlers.Analyzers.Tests.Rules;

public sealed class StateFieldAnalyzerTests
{
    [Theory]
    [InlineData("public byte A; public sbyte B; public short C; public ushort D; public int E; public uint F; public long G; public ulong H;")]
    [InlineData("public float A; public double B; public Half C;")]
    [InlineData("public Guid A; public Int128 B; public UInt128 C;")]
    [InlineData("public Small A; public Wide B; public DayOfWeek C;")]
    [InlineData("public Range A; public Pair<ulong> B; public Pair<Pair<byte>> C; public Point D; public Marked E;")]
    [InlineData("public Four A; public FourRanges B; public fixed uint C[8];")]
    [InlineData("public KhoVmalloc<Range> A; public KhoVmalloc<ulong> B; public PhysicalAddress C; public Pfn D;")]
    [InlineData("public ulong A { get; set; } public const bool B = true; public static string? C; public static readonly DateTime D;")]
    [InlineData("public bool IsOpen => Flags != 0; public byte Flags;")]
    [InlineData("private byte _a; public readonly void Use(string text, bool flag) => _ = text + flag + _a;")]
    public Task Right(string fields) => VerifyAsync(StateSource.With(fields));

    [Fact]
    public Task A_struct_without_the_attribute_may_be_anything() => VerifyAsync(StateSource.Usings + "public struct Other { public string A; public bool B; }");

    [Theory]
    [InlineData("public string {|#0:A|};", "A", "string", "a reference")]
    [InlineData("public byte[] {|#0:A|};", "A", "byte[]", "a reference")]
    [InlineData("public object? {|#0:A|} { get; set; }", "A", "object?", "a reference")]
    [InlineData("public Action {|#0:A|};", "A", "Action", "a delegate")]
    [InlineData("public Microsoft.Win32.SafeHandles.SafeFileHandle {|#0:A|};", "A", "SafeFileHandle", "a handle of this process")]
    [InlineData("public System.Threading.Mutex {|#0:A|};", "A", "Mutex", "a handle of this process")]
    [InlineData("public System.Threading.Lock {|#0:A|};", "A", "Lock", "a lock")]
    [InlineData("public System.Threading.SemaphoreSlim {|#0:A|};", "A", "SemaphoreSlim", "a lock")]
    [InlineData("public System.Threading.CancellationToken {|#0:A|};", "A", "CancellationToken", "with a reference in it")]
    [InlineData("public Memory<byte> {|#0:A|};", "A", "Memory<byte>", "with a reference in it")]
    [InlineData("public Pair<string> {|#0:A|};", "A.First", "string", "a reference")]
    public Task LUO3001_reference(string field, string path, string type, string reason)
    {
        DiagnosticResult expected = Expected(StateFieldAnalyzer.Reference, path, "State", type, reason);
        return path == "A.First"
            ? VerifyAsync(StateSource.With(field), expected, Expected(StateFieldAnalyzer.Reference, "A.Second", "State", type, reason))
            : VerifyAsync(StateSource.With(field), expected);
    }

    [Theory]
    [InlineData("public byte* {|#0:A|};", "byte*", "an address in this process")]
    [InlineData("public delegate*<void> {|#0:A|};", "delegate*<void>", "an address in this process")]
    [InlineData("public nint {|#0:A|};", "nint", "a number for addresses and handles of this process")]
    [InlineData("public UIntPtr {|#0:A|};", "nuint", "a number for addresses and handles of this process")]
    [InlineData("public GCHandle {|#0:A|};", "GCHandle", "a handle of this process")]
    [InlineData("public System.Threading.SpinLock {|#0:A|};", "SpinLock", "a lock, held or awaited by threads of this process")]
    public Task LUO3002_address(string field, string type, string reason) =>
        VerifyAsync(StateSource.With(field), Expected(StateFieldAnalyzer.ProcessAddress, "A", "State", type, reason));

    [Theory]
    [InlineData("public bool {|#0:A|};", "bool", "of whose 256 byte values two are valid", "'byte', and check what is retrieved")]
    [InlineData("public char {|#0:A|};", "char", "half of a UTF-16 character where LUO's texts are bytes", "'ushort', or 'byte' for ASCII")]
    [InlineData("public decimal {|#0:A|};", "decimal", "whose bytes are .NET's own", "'long' in a fixed unit")]
    [InlineData("public DateTime {|#0:A|};", "DateTime", "which the runtime lays out as it likes", "'long', in nanoseconds since 1970")]
    [InlineData("public TimeSpan {|#0:A|};", "TimeSpan", "whose layout is .NET's own", "fields of fixed-width integers")]
    [InlineData("public int? {|#0:A|};", "int?", "whose layout is .NET's own", "fields of fixed-width integers")]
    [InlineData("public (byte, ulong) {|#0:A|};", "(byte, ulong)", "whose layout is .NET's own", "fields of fixed-width integers")]
    [InlineData("public fixed bool {|#0:A|}[4];", "bool", "of whose 256 byte values two are valid", "'byte', and check what is retrieved")]
    public Task LUO3003_unspecified(string field, string type, string reason, string remedy) =>
        VerifyAsync(StateSource.With(field), Expected(StateFieldAnalyzer.UnspecifiedBytes, "A", "State", type, reason, remedy));

    [Theory]
    [InlineData("public Inner {|LUO3003:A|};", "public struct Inner { public bool B; }")]
    [InlineData("public Outer {|LUO3003:A|};", "public struct Outer { public Inner I; } public struct Inner { public bool B; }")]
    [InlineData("public Pair<char> {|LUO3003:{|LUO3003:A|}|};", "")]
    [InlineData("public Array {|LUO3003:A|};", "[InlineArray(3)] public struct Array { private bool _element; }")]
    [InlineData("public KhoVmalloc<Inner> {|LUO3003:A|};", "public struct Inner { public bool B; }")]
    [InlineData("public KhoVmalloc<nint> {|LUO3002:A|};", "")]
    [InlineData("public Inner {|LUO3004:A|};", "public record struct Inner(Inner.Plain P) { public enum Plain { None } }")]
    public Task What_is_in_a_struct_that_is_not_marked_is_reported_at_the_field(string field, string other) => VerifyAsync(StateSource.With(field, other));

    [Fact]
    public Task What_is_in_a_marked_struct_is_reported_there() =>
        VerifyAsync(StateSource.With("public Inner A;", "[PreservedState] public struct Inner { public bool {|LUO3003:B|}; }"));

    [Fact]
    public Task The_path_is_told() => VerifyAsync(
        StateSource.With("public KhoVmalloc<Outer> {|#0:A|};", "public struct Outer { public Inner I; } public struct Inner { public bool B { get; set; } }"),
        Expected(StateFieldAnalyzer.UnspecifiedBytes, "A[].I.B", "State", "bool", "of whose 256 byte values two are valid", "'byte', and check what is retrieved"));

    [Fact]
    public Task LUO3004_enum() => VerifyAsync(
        StateSource.With("public Plain {|#0:A|};", "public enum {|#1:Plain|} { None }"),
        new DiagnosticResult(StateFieldAnalyzer.EnumWithoutType).WithLocation(0).WithLocation(1).WithArguments("A", "State", "Plain"));

    [Theory]
    [InlineData("public {|CS0246:Missing|} A;")]
    [InlineData("public {|CS0246:Missing<string>|} A;")]
    [InlineData("public State {|CS0523:A|};")]
    [InlineData("public Loop A;")]
    public Task Broken_code_is_the_compilers(string field) =>
        VerifyAsync(StateSource.With(field, field.Contains("Loop", StringComparison.Ordinal) ? "public struct Loop { public Loop {|CS0523:A|}; }" : null));

    private static DiagnosticResult Expected(DiagnosticDescriptor descriptor, params object[] arguments) =>
        new DiagnosticResult(descriptor).WithLocation(0).WithArguments(arguments);

    private static Task VerifyAsync(string source, params DiagnosticResult[] expected)
    {
        StateAnalyzerTest<StateFieldAnalyzer> test = new() { TestCode = source };
        test.ExpectedDiagnostics.AddRange(expected);
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
