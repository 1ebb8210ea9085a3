using LuoHandlers.Abi;
using LuoHandlers.Generator.Abi;
using LuoHandlers.Generator.Binding;
using LuoHandlers.Generator.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace LuoHandlers.Generator.Tests.Abi;

/// <summary>What is said of the bytes of a state, and of the handle.</summary>
public sealed class AbiDescriberTests
{
    [Fact]
    public void The_kernels_memfd_is_described_to_the_last_number() => Assert.Equal(
        """
        field 0000 8 u64 Position
        field 0008 8 u64 Size
        field 0016 4 u32 Seals
        field 0020 4 u32 Flags
        field 0024 8 u64 FolioCount
        field 0032 16 vmalloc Folios
        field 0032[] 16 struct Folios[]
        field 0032[].0000 8 u64 Folios[].Word
        field 0032[].0008 8 u64 Folios[].Index
        handler memory 48
        value 0016 1 Seals.Seal
        value 0016 2 Seals.Shrink
        value 0016 4 Seals.Grow
        """,
        DescribeState(
            """
            public struct State { public ulong Position, Size; public Seal Seals; public uint Flags; public ulong FolioCount; public KhoVmalloc<Folio> Folios; }
            public enum Seal : uint { Seal = 1, Shrink = 2, Grow = 4 }
            public readonly record struct Folio(ulong Word, ulong Index);
            """));

    [Theory]
    [InlineData("public byte A;", "u8 A", "inline 1")]
    [InlineData("public short A;", "s16 A", "inline 2")]
    [InlineData("public float A;", "f32 A", "inline 4")]
    [InlineData("public double A;", "f64 A", "inline 8")]
    [InlineData("public Pfn A;", "u64 A", "inline 8")]
    [InlineData("public PhysicalAddress A { get; set; }", "u64 A", "inline 8")]
    [InlineData("public System.Guid A;", "guid A", "memory 16")]
    [InlineData("public System.Int128 A;", "s128 A", "memory 16")]
    public void Types_have_the_names_of_their_bytes(string field, string expected, string handle)
    {
        string[] handleParts = handle.Split(' ');
        Assert.Equal($"field 0000 {handleParts[1]} {expected}\nhandler {handle}", DescribeState($"public struct State {{ {field} }}"));
    }

    [Fact]
    public void Structs_and_arrays_are_described_with_what_is_in_them() => Assert.Equal(
        """
        field 0000 4 struct Header
        field 0000.0000 2 u16 Header.Version
        field 0000.0002 2 u16 Header.Length
        field 0004 12 array Names
        field 0004[] 4 array Names[]
        field 0004[][] 1 u8 Names[][]
        field 0016 16 vmalloc Pages
        field 0016[] 8 u64 Pages[]
        handler memory 32
        """,
        DescribeState(
            """
            public struct State { public Header Header; public Names Names; public KhoVmalloc<ulong> Pages; }
            public struct Header { public ushort Version, Length; }
            [InlineArray(3)] public struct Names { private Name _name; }
            [InlineArray(4)] public struct Name { private byte _letter; }
            """));

    [Fact]
    public void Fixed_buffers_are_arrays_also_of_one_element() => Assert.Equal(
        "field 0000 4 array A\nfield 0000[] 4 u32 A[]\nhandler inline 4",
        DescribeState("public unsafe struct State { public fixed uint A[1]; }"));

    [Fact]
    public void An_array_of_what_it_is_in_ends() => Assert.Equal(
        """
        field 0000 16 vmalloc Children
        field 0000[] 24 struct Children[]
        field 0000[].0000 8 u64 Children[].Word
        field 0000[].0008 16 vmalloc Children[].Children
        field 0000[].0008[] 24 recursive Children[].Children[]
        handler memory 16
        """,
        DescribeState(
            """
            public struct State { public KhoVmalloc<Node> Children; }
            public struct Node { public ulong Word; public KhoVmalloc<Node> Children; }
            """));

    [Fact]
    public void Constants_are_described_where_their_author_says_so() => Assert.Equal(
        """"
        constant Header.Name string "a\u0022b"
        constant Limit u16 65535
        field 0000 4 struct Header
        field 0000.0000 4 u32 Header.Magic
        handler inline 4
        """",
        DescribeState(
            """
            public struct State { public Header Header; [AbiConstant] public const ushort Limit = 65535; public const ushort Other = 1; }
            public struct Header { [AbiConstant] public const string Name = "a\"b"; public uint Magic; }
            """));

    [Fact]
    public void The_semantics_are_described_from_1_on()
    {
        Assert.Equal("field 0000 4 u32 A\nhandler inline 4\nsemantics 3", DescribeState("public struct State { public uint A; }", "PreservedState(Semantics = 3)"));
        Assert.Equal("field 0000 4 u32 A\nhandler inline 4", DescribeState("public struct State { public uint A; }", "PreservedState(Semantics = 0)"));
    }

    [Theory]
    [InlineData("public struct State { public string A; }")]
    [InlineData("public struct State { public decimal A; }")]
    [InlineData("public struct State { public System.DateTime A; }")]
    [InlineData("[StructLayout(LayoutKind.Auto)] public struct State { public byte A; public ulong B; }")]
    [InlineData("public struct State { public State A; }")]
    [InlineData("public struct State { public Missing A; }")]
    [InlineData("public struct State { public KhoVmalloc<Missing> A; }")]
    public void Nothing_is_said_of_bytes_that_are_not_the_same_everywhere(string state) => Assert.Null(TryDescribe(state, "PreservedState"));

    [Fact]
    public void A_handler_without_a_state_is_described_by_its_handle()
    {
        Assert.Equal("handler none", Describe(BoundSource.BindCallbacks()));
        Assert.Equal("handler raw", Describe(BoundSource.BindCallbacks("void Preserve(F file, out ulong serializedData) => serializedData = 1;")));
    }

    [Fact]
    public void An_FLB_is_described_as_one()
    {
        CSharpCompilation compilation = BoundSource.Compile(
            """
            [LiveUpdateFlb("core-v1")] public sealed partial class Core
            {
                P Preserve(out T state) { state = default; return new(); }
                void Unpreserve(P value) { }
                P Retrieve(in T state) => new();
                void Finish(P value) { }
            }
            """);
        var flb = (INamedTypeSymbol)compilation.GetSymbolsWithName("Core", SymbolFilter.Type, TestContext.Current.CancellationToken).Single();
        BoundFlb bound = FlbBinder.Bind(flb, TestContext.Current.CancellationToken).Flb;
        Assert.Equal("field 0000 8 u64 First\nflb inline 8", AbiWriter.WriteText(AbiDescriber.Describe(bound, compilation)!.Description));
    }

    [Fact]
    public void Older_strings_that_are_retrieved_are_named_and_described_themselves()
    {
        CSharpCompilation compilation = BoundSource.Compile(
            $$"""
            [LiveUpdateFileHandler("test-v3")] public sealed partial class H
            {
                {{string.Join("\n", BoundSource.Complete(["void Preserve(F file, out S state) => state = default;"]))}}
                [RetrievesFrom("test-v2")] static S Upgrade(in T old) => default;
                [RetrievesFrom("test-v1")] static Errno Upgrade(in S old, out S state) { state = old; return Errno.None; }
                [RetrievesFrom("")] static S Upgrade() => default;
            }
            """);
        var handler = (INamedTypeSymbol)compilation.GetSymbolsWithName("H", SymbolFilter.Type, TestContext.Current.CancellationToken).Single();
        BoundHandler bound = HandlerBinder.Bind(handler, TestContext.Current.CancellationToken).Handler;
        Assert.Equal(
            "field 0000 8 u64 First\nfield 0008 8 u64 Second\nhandler memory 16\nretrieves test-v1\nretrieves test-v2",
            AbiWriter.WriteText(AbiDescriber.Describe(bound, compilation)!.Description));
        Assert.Equal(
            [("test-v1", "S", "field 0000 8 u64 First\nfield 0008 8 u64 Second\nhandler memory 16"), ("test-v2", "T", "field 0000 8 u64 First\nhandler inline 8")],
            RetrievedVersion.FindAll(handler).Select(version => (
                version.Compatible,
                version.StateType.Name,
                AbiWriter.WriteText(AbiDescriber.Describe(AbiOwner.FileHandler, version, compilation)!.Description))));
    }

    private static string DescribeState(string types, string attribute = "PreservedState")
    {
        string? text = TryDescribe(types, attribute);
        Assert.NotNull(text);
        return text;
    }

    private static string? TryDescribe(string types, string attribute)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "States",
            [CSharpSyntaxTree.ParseText(
                $$"""
                using System.Runtime.CompilerServices;
                using System.Runtime.InteropServices;
                using LuoHandlers;
                using LuoHandlers.Kho;
                using LuoHandlers.Memory;
                using LuoHandlers.Vfs;
                public class F : LuoFile;
                [LiveUpdateFileHandler("test-v1")] public sealed partial class H
                {
                    {{string.Join("\n", BoundSource.Complete(["void Preserve(F file, out State state) => state = default;"]))}}
                }
                [{{attribute}}]
                {{types}}
                """,
                cancellationToken: TestContext.Current.CancellationToken)],
            References.All,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        var handler = (INamedTypeSymbol)compilation.GetSymbolsWithName("H", SymbolFilter.Type, TestContext.Current.CancellationToken).Single();
        BoundHandler bound = HandlerBinder.Bind(handler, TestContext.Current.CancellationToken).Handler;
        return AbiDescriber.Describe(bound, compilation) is { } described ? AbiWriter.WriteText(described.Description) : null;
    }

    private static string Describe(HandlerBinding binding) =>
        AbiWriter.WriteText(AbiDescriber.Describe(binding.Handler, TestCompilation.Create())!.Description);
}
