namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO3013 in detail: which questions ask the machine, and what depends on the answer.</summary>
public sealed class MachineDependentStateTests
{
    private const string Failure = "throw new ErrnoException(Errno.EOPNOTSUPP)";

    [Theory]
    [InlineData("sizeof(nint) == 8")]
    [InlineData("OperatingSystem.IsWindows()")]
    [InlineData("Environment.Is64BitOperatingSystem")]
    [InlineData("UIntPtr.Size == 8")]
    [InlineData("System.Runtime.InteropServices.RuntimeInformation.IsOSPlatform(System.Runtime.InteropServices.OSPlatform.Linux)")]
    [InlineData("System.Runtime.Intrinsics.Vector128.IsHardwareAccelerated")]
    [InlineData("System.Runtime.Intrinsics.X86.Sse2.IsSupported")]
    [InlineData("System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported")]
    [InlineData("System.Numerics.Vector.IsHardwareAccelerated")]
    public Task Asks_the_machine(string question) => VerifyAsync(Preserve($"if ({question}) {{|LUO3013:state.Size|}} = 1; else {{|LUO3013:state.Size|}} = 2;"));

    [Theory]
    [InlineData("sizeof(long) == 8")]
    [InlineData("Mine.OperatingSystem.IsLinux()")]
    [InlineData("Mine.Environment.Is64BitProcess")]
    [InlineData("Mine.BitConverter.IsLittleEndian")]
    [InlineData("Mine.IntPtr.Size == 8")]
    [InlineData("Mine.OperatingSystem.IsSupported")]
    [InlineData("Environment.OSVersion.ServicePack == \"1\"")]
    public Task Asks_something_else(string question) => VerifyAsync(Preserve($"if ({question}) state.Size = 1; else state.Size = 2;"));

    [Theory]
    [InlineData("if (Environment.Is64BitProcess) state.Size = 1; else return Errno.EOPNOTSUPP;")]
    [InlineData("if (Environment.Is64BitProcess) return Errno.EOPNOTSUPP; else state.Size = 1;")]
    [InlineData("if (Environment.Is64BitProcess) {|LUO3013:state.Size|} = 1; else return Errno.None;")]
    [InlineData("if (Environment.Is64BitProcess) { {|LUO3013:state.Size|} = 1; return Errno.None; } return Errno.None;")]
    [InlineData("state.Size = Environment.Is64BitProcess ? " + Failure + " : 1u;")]
    [InlineData("if (Environment.Is64BitProcess) file.Position = state.Size; state.Size = 1;")]
    [InlineData("state.Size = 1; if (Environment.Is64BitProcess) Console.WriteLine(state.Size);")]
    [InlineData("if (file.Size == (Environment.Is64BitProcess ? 1u : 2u) || !Is(state.Size = 1)) return Errno.EIO;")]
    [InlineData("switch (file.Size) { case 1: {|LUO3013:state.Size|} = Environment.Is64BitProcess switch { true => 1, false => 2 }; break; }")]
    public Task What_depends_on_it(string statements) => VerifyAsync(
        $"Errno Preserve(Disk file, out DiskState state) {{ state = default; {statements} return Errno.None; }} private static bool Is(ulong size) => size > 0;");

    [Theory]
    [InlineData("if (Environment.Is64BitProcess) return new Disk { Size = {|LUO3013:state.Size|} }; else return new Disk { Size = {|LUO3013:state.Position|} };")]
    [InlineData("if (Environment.Is64BitProcess) return new Disk { Size = state.Size }; else " + Failure + ";")]
    [InlineData("switch (IntPtr.Size) { case 8: return new Disk { Size = {|LUO3013:state.Size|} }; default: return new Disk(); }")]
    [InlineData("return IntPtr.Size switch { 8 => new Disk { Size = {|LUO3013:state.Size|} }, _ => new Disk() };")]
    [InlineData("switch (state.Size) { case 8: return new Disk { Size = (ulong)IntPtr.Size }; default: return new Disk(); }")]
    [InlineData("return new Disk { Size = IntPtr.Size == 8 ? {|LUO3013:state.Size|} : state.Size / 2 };")]
    [InlineData("return new Disk { Size = IntPtr.Size == 8 ? {|LUO3013:state.Size|} : {|LUO3013:state.Position|} };")]
    [InlineData("return new Disk { Size = IntPtr.Size == 8 ? {|LUO3013:state.Size|} : 1, Position = IntPtr.Size == 4 ? {|LUO3013:state.Size|} : 1 };")]
    public Task What_is_read(string statements) => VerifyAsync(Preserve("state.Size = 1;"), retrieve: $"Disk Retrieve(in DiskState state) {{ {statements} }}");

    // The method is in one build this one, in another that one; the body is of all builds.
    [Fact]
    public Task A_directive_around_the_head_of_a_method() => VerifyAsync(
        "#if !NEVER\n public int Number = 1; void Preserve(Disk file, out DiskState state)\n#else\nvoid Preserve(Disk file, out DiskState state)\n#endif\n{ state = default; state.Size = 1; }");

    private static string Preserve(string statements) => $"unsafe void Preserve(Disk file, out DiskState state) {{ state = default; {statements} }}";

    private static Task VerifyAsync(string preserve, string retrieve = "Disk Retrieve(in DiskState state) => new Disk { Size = state.Size };") =>
        new StateAnalyzerTest<MachineDependentStateAnalyzer>
        {
            TestCode = FlowSource.Plain(preserve: preserve, retrieve: retrieve) + """
                namespace Mine
                {
                    public static class OperatingSystem { public static bool IsLinux() => true; public static bool IsSupported => true; }
                    public static class Environment { public static bool Is64BitProcess => true; }
                    public static class BitConverter { public static bool IsLittleEndian => true; }
                    public static class IntPtr { public static int Size => 8; }
                }
                """,
        }.RunAsync(TestContext.Current.CancellationToken);
}
