using System.Reflection;
using LuoHandlers.Generator.Layout;
using LuoHandlers.Generator.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace LuoHandlers.Generator.Tests.Layout;

/// <summary>The layouts that are computed are those that the runtime gives the same structs.</summary>
public sealed class PreservedLayoutTests
{
    private const string Types = """
        public enum Small : byte { A }
        public enum Plain { A }
        public enum Large : ulong { A }
        public struct Empty { }
        public struct Inner { public byte A; public ushort B; }
        public struct Deep { public Inner A; public long B; public Inner C; }
        public struct Pair<T> { public byte First; public T Second; }
        public record struct Point(uint X, uint Y, byte Z);
        [StructLayout(LayoutKind.Sequential, Pack = 1)] public struct Packed { public byte A; public ulong B; }
        [StructLayout(LayoutKind.Explicit)] public struct Union { [FieldOffset(0)] public uint A; [FieldOffset(0)] public ushort B; [FieldOffset(6)] public byte C; }
        [StructLayout(LayoutKind.Explicit, Size = 13)] public struct SizedUnion { [FieldOffset(4)] public ushort A; }
        [StructLayout(LayoutKind.Explicit, Pack = 1)] public struct PackedUnion { [FieldOffset(1)] public ulong A; }
        [InlineArray(5)] public struct Five { public ushort A; }
        [InlineArray(3)] public struct Inners { public Inner A; }
        """;

    public static TheoryData<string> Structs => new()
    {
        "{ public byte A; }",
        "{ public byte A; public ulong B; }",
        "{ public ulong A; public byte B; }",
        "{ public byte A; public ushort B; public uint C; public ulong D; }",
        "{ public ulong A; public uint B; public ushort C; public byte D; }",
        "{ public sbyte A; public short B; public sbyte C; public int D; public float E; public double F; public long G; }",
        "{ public bool A; public char B; public bool C; }",
        "{ public byte A; public decimal B; public byte C; }",
        "{ public byte A; public nint B; public byte C; public nuint D; }",
        "{ public byte A; public Guid B; public byte C; }",
        "{ public byte A; public Half B; public byte C; }",
        "{ public byte A; public Int128 B; public byte C; }",
        "{ public byte A; public UInt128 B; public Guid C; }",
        "{ public byte A; public Small B; public Plain C; public Small D; public Large E; }",
        "{ public byte A; public Empty B; public uint C; }",
        "{ public byte A; public Inner B; public byte C; public Deep D; public byte E; }",
        "{ public Pair<ulong> A; public Pair<byte> B; public Pair<Pair<ushort>> C; }",
        "{ public byte A; public Point B; }",
        "{ public byte A; public Packed B; public byte C; public uint D; }",
        "{ public byte A; public Union B; public byte C; }",
        "{ public byte A; public SizedUnion B; public byte C; public ulong D; }",
        "{ public byte A; public PackedUnion B; public byte C; }",
        "{ public byte A; public Five B; public byte C; public Inners D; }",
        "{ public byte A; public fixed uint B[3]; public byte C; public fixed byte D[5]; public ushort E; }",
        "{ public byte A; public KhoVmalloc<Inner> B; public byte C; }",
        "{ public byte A; public PhysicalAddress B; public Pfn C; public byte D; }",
        "{ public byte A; public byte* B; public delegate*<void> C; public byte D; }",
        "{ public static ulong A; public const int B = 1; public byte C; }",
        "{ public byte A; public KeyValue B; } public struct KeyValue { public ulong Key { get; set; } public byte Value; }",
    };

    public static TheoryData<string, string> Attributed => new()
    {
        { "LayoutKind.Sequential, Pack = 1", "{ public byte A; public ulong B; public ushort C; }" },
        { "LayoutKind.Sequential, Pack = 2", "{ public byte A; public ulong B; public Int128 C; public byte D; }" },
        { "LayoutKind.Sequential, Pack = 4", "{ public byte A; public ulong B; public byte C; }" },
        { "LayoutKind.Sequential, Pack = 64", "{ public byte A; public ulong B; public byte C; }" },
        { "LayoutKind.Sequential, Size = 64", "{ public byte A; public ulong B; }" },
        { "LayoutKind.Sequential, Size = 3", "{ public byte A; public ulong B; }" },
        { "LayoutKind.Sequential, Size = 21", "{ public byte A; public ulong B; }" },
        { "LayoutKind.Sequential, Size = 21, Pack = 1", "{ public byte A; public ulong B; }" },
        { "LayoutKind.Sequential, Size = 5", "{ }" },
        { "(short)0", "{ public byte A; public ulong B; }" },
        { "LayoutKind.Explicit", "{ [FieldOffset(0)] public byte A; [FieldOffset(8)] public uint B; }" },
        { "LayoutKind.Explicit", "{ [FieldOffset(3)] public uint B; [FieldOffset(0)] public byte A; }" },
        { "LayoutKind.Explicit", "{ [FieldOffset(0)] public ulong A; [FieldOffset(8)] public byte B; }" },
        { "LayoutKind.Explicit, Pack = 1", "{ [FieldOffset(0)] public ulong A; [FieldOffset(8)] public byte B; }" },
        { "LayoutKind.Explicit, Size = 11", "{ [FieldOffset(0)] public uint A; [FieldOffset(0)] public ushort B; }" },
    };

    [Theory]
    [MemberData(nameof(Structs))]
    public void As_the_runtime_lays_it_out(string body) => Verify(string.Empty, body);

    [Theory]
    [MemberData(nameof(Attributed))]
    public void As_the_runtime_lays_it_out_with_attributes(string layout, string body) => Verify($"[StructLayout({layout})]", body);

    [Theory]
    [MemberData(nameof(Attributed))]
    public void In_another_struct(string layout, string body) =>
        Verify(string.Empty, $"{{ public byte A; public Other B; public byte C; public ulong D; }} [StructLayout({layout})] public unsafe struct Other {body}");

    [Theory]
    [MemberData(nameof(Attributed))]
    public void In_a_referenced_assembly(string layout, string body)
    {
        CSharpCompilation library = Compile(Source($"[StructLayout({layout})]", body)).WithAssemblyName("Library");
        MemoryStream image = new();
        Assert.True(library.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        CSharpCompilation user = CSharpCompilation.Create("User", references: [.. References.All, MetadataReference.CreateFromImage(image.ToArray())]);
        PreservedLayout expected = Compute(library);
        PreservedLayout actual = Compute(user);
        Assert.Equal(expected.Size, actual.Size);
        Assert.Equal(expected.Alignment, actual.Alignment);
        Assert.Equal(expected.Fields.Select(field => (field.Symbol.Name, field.Offset, field.Size)), actual.Fields.Select(field => (field.Symbol.Name, field.Offset, field.Size)));
    }

    [Theory]
    [InlineData("{ public string A; }")]
    [InlineData("{ public int[] A; }")]
    [InlineData("{ public DateTime A; }")]
    [InlineData("{ public (byte, ulong) A; }")]
    [InlineData("{ public byte? A; }")]
    [InlineData("{ public Inside A; } [StructLayout(LayoutKind.Auto)] public struct Inside { public byte A; public ulong B; }")]
    [InlineData("{ public Missing A; }")]
    [InlineData("{ public State A; }")]
    public void None_where_it_is_not_the_same_everywhere(string body) =>
        Assert.Null(new PreservedLayoutComputer(Compile(Source(string.Empty, body))).Compute(Find(Compile(Source(string.Empty, body)))));

    [Fact]
    public void Padding_is_what_belongs_to_no_field()
    {
        PreservedLayout layout = Compute(Compile(Source(string.Empty, "{ public byte A; public uint B; public Inner C; public ulong D; public ushort E; }")));
        Assert.Equal([(1L, 3L, "B"), (12, 4, "D"), (26, 6, null)], layout.Padding.Select(gap => (gap.Offset, gap.Size, gap.Next?.Name)));
    }

    [Fact]
    public void Lengths_beyond_all_measure_are_no_exception()
    {
        string arrays = string.Concat(Enumerable.Range(0, 9).Select(level =>
            $"[InlineArray(int.MaxValue)] public struct Array{level} {{ public {(level == 0 ? "ulong" : $"Array{level - 1}")} A; }}\n"));
        Assert.True(Compute(Compile(Source(string.Empty, $"{{ public Array8 A; public Array8 B; }} {arrays}"))).Size > 1 << 30);
    }

    private static void Verify(string attribute, string body)
    {
        CSharpCompilation compilation = Compile(Source(attribute, body));
        PreservedLayout layout = Compute(compilation);
        // The code itself says where its fields are.
        string offsets = string.Concat(layout.Fields.Where(field => !field.Symbol.IsImplicitlyDeclared).Select(field =>
            $"(\"{field.Symbol.Name}\", (long)((byte*){(field.Symbol.IsFixedSizeBuffer ? "" : "&")}state.{field.Symbol.Name} - (byte*)&state)), "));
        var probe = compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(
            $$"""
            public static unsafe class Probe
            {
                public static int Size => sizeof(State);
                public static (string, long)[] Offsets()
                {
                    State state = default;
                    return [{{offsets}}];
                }
            }
            """,
            cancellationToken: TestContext.Current.CancellationToken));
        MemoryStream image = new();
        var emitted = probe.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));
        Type type = Assembly.Load(image.ToArray()).GetType("Probe", throwOnError: true)!;
        Assert.Equal((int)type.GetProperty("Size")!.GetValue(null)!, layout.Size);
        Assert.Equal(
            ((string, long)[])type.GetMethod("Offsets")!.Invoke(null, null)!,
            layout.Fields.Where(field => !field.Symbol.IsImplicitlyDeclared).Select(field => (field.Symbol.Name, field.Offset)));
    }

    private static PreservedLayout Compute(CSharpCompilation compilation)
    {
        PreservedLayout? layout = new PreservedLayoutComputer(compilation).Compute(Find(compilation));
        Assert.NotNull(layout);
        return layout;
    }

    private static INamedTypeSymbol Find(CSharpCompilation compilation) => compilation.GetTypeByMetadataName("State")!;

    private static string Source(string attribute, string body) => $$"""
        using System;
        using System.Runtime.CompilerServices;
        using System.Runtime.InteropServices;
        using LuoHandlers.Kho;
        using LuoHandlers.Memory;
        {{attribute}} public unsafe struct State {{body}}
        {{Types}}
        """;

    private static CSharpCompilation Compile(string source) => CSharpCompilation.Create(
        "Structs",
        [CSharpSyntaxTree.ParseText(source, cancellationToken: TestContext.Current.CancellationToken)],
        References.All,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
}
