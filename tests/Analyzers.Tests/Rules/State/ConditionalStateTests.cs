namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO3013: what is handed over does not depend on the build or the machine.</summary>
public sealed class ConditionalStateTests
{
    private const string Failure = "throw new ErrnoException(Errno.EOPNOTSUPP, \"Not here.\")";

    [Theory]
    [InlineData("public ulong A;\n#if ON\npublic ulong {|LUO3013:B|};\n#endif\npublic ulong C;")]
    [InlineData("#if ON\npublic ulong {|LUO3013:A|} { get; set; }\n#else\npublic uint A;\n#endif\npublic ulong B;")]
    [InlineData("#if OFF\npublic uint A;\n#elif ON\npublic int {|LUO3013:A|};\n#else\npublic ulong A;\n#endif\npublic int C;")]
    [InlineData("#if OFF\npublic uint A;\n#else\npublic ulong {|LUO3013:A|};\n#if OFF\n#endif\npublic ulong {|LUO3013:B|};\n#endif\npublic ulong C;")]
    // Directives that choose between no fields; the pragma is one of them, and silences nothing that is tested here.
    [InlineData("#region A\npublic ulong A;\n#endregion\n#if OFF\n#endif\n#pragma warning disable CS0649\npublic ulong B;")]
    public Task LUO3013_fields(string fields) => new StateAnalyzerTest<ConditionalFieldAnalyzer>
    {
        TestCode = $"#define ON\nusing LuoHandlers;\n[PreservedState]\npublic struct S\n{{\n{fields}\n}}\n",
    }.RunAsync(TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("if (Environment.Is64BitProcess) {|LUO3013:state.Size|} = 1; else {|LUO3013:state.Size|} = 2;")]
    [InlineData("if (IntPtr.Size == 8) {|LUO3013:state.Size|} = 1;")]
    [InlineData("{|LUO3013:state.Size|} = BitConverter.IsLittleEndian ? 1u : 2u;")]
    [InlineData("{|LUO3013:state.Size|} = 1 + (OperatingSystem.IsLinux() ? 1u : 2u);")]
    [InlineData("state = new DiskState { {|LUO3013:Size|} = Environment.SystemPageSize > 4096 ? 1u : 2u };")]
    [InlineData("switch (System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture) { case System.Runtime.InteropServices.Architecture.X64: {|LUO3013:state.Size|} = 1; break; }")]
    [InlineData("{|LUO3013:state.Size|} = System.Runtime.InteropServices.RuntimeInformation.OSArchitecture switch { System.Runtime.InteropServices.Architecture.X64 => 1, _ => 2 };")]
    [InlineData("if (System.Runtime.Intrinsics.X86.Sse2.IsSupported) Fill(out state);")]
    [InlineData("state.Size = 1;\n#if !NEVER\n{|LUO3013:state.Position|} = 2;\n#endif\nstate.Count = 3;")]
    [InlineData("if (!Environment.Is64BitProcess) " + Failure + "; state.Size = 1;")]
    [InlineData("if (Environment.Is64BitProcess) state.Size = 1; else " + Failure + ";")]
    [InlineData("state.Size = Environment.Is64BitProcess ? 1u : " + Failure + ";")]
    [InlineData("if (Environment.ProcessorCount > 1) state.Size = 1; else state.Size = 2;")]
    [InlineData("if (file.Size > 4096) state.Size = 1; else state.Size = 2;")]
    [InlineData("#if DEBUG\n#endif\nstate.Size = 1;")]
    [InlineData("if (Environment.Is64BitProcess) Console.WriteLine(); state.Size = 1;")]
    public Task LUO3013_writes(string statements) => VerifyAsync(FlowSource.Plain(
        preserve: $"void Preserve(Disk file, out DiskState state)\n{{ state = default;\n{statements} }}",
        other: "static void Fill(out DiskState state) => state = default;"));

    [Theory]
    [InlineData("new Disk { Size = Environment.Is64BitProcess ? {|LUO3013:state.Size|} : state.Size / 2 }")]
    [InlineData("new Disk { Size = Environment.Is64BitProcess ? state.Size : " + Failure + " }")]
    [InlineData("Environment.Is64BitProcess && state.Size > 1 ? new Disk() : " + Failure)]
    [InlineData("new Disk { Size = state.Size }")]
    public Task LUO3013_reads(string retrieved) => VerifyAsync(FlowSource.Plain(retrieve: $"Disk Retrieve(in DiskState state) => {retrieved};"));

    [Fact]
    public Task LUO3013_in_a_method_that_a_callback_calls() => VerifyAsync(FlowSource.Plain(
        preserve: "void Preserve(Disk file, out DiskState state) { state = default; Fill(ref state); }",
        other: "private static void Fill(ref DiskState state) { if (!BitConverter.IsLittleEndian) {|LUO3013:state.Size|} = 1; }"));

    [Fact]
    public Task LUO3013_in_Freeze() => VerifyAsync(FlowSource.Plain(
        other: "void Freeze(ref DiskState state) { if (!BitConverter.IsLittleEndian) {|LUO3013:state.Size|} = 1; }"));

    private static Task VerifyAsync(string source) => FlowSource.VerifyAsync(source);
}
