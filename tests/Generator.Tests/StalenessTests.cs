using LuoHandlers.Generator.Emit;
using LuoHandlers.Generator.Model;
using LuoHandlers.Generator.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace LuoHandlers.Generator.Tests;

/// <summary>
/// A generator that has run before gives what a new one would, whatever was edited and where; and it binds no handler again for edits that can't matter.
/// </summary>
public sealed class StalenessTests
{
    private const int Handler = 0, Base = 1, State = 2, Names = 3, Files = 4, Usings = 5, Flb = 6, Plain = 7;

    private static readonly string[] Sources =
    [
        """
        [LiveUpdateFileHandler(Names.Disk)]
        [UsesFlb<Bus>]
        public sealed partial class DiskHandler : DiskHandlerBase
        {
            void Preserve(Disk file, out DiskState state, BusObject bus) => state = default;
            void Unpreserve(Disk file, in DiskState state) { }
            Disk Retrieve(in DiskState state) => new();
            void Finish(Disk? file, in DiskState state) { }
        }
        """,
        """
        public abstract class DiskHandlerBase
        {
            protected bool CanPreserve(Disk file) => true;
        }
        """,
        """
        [PreservedState]
        public struct DiskState
        {
            public ulong Size;
            public DiskKind Kind;
            public uint Version;
        }
        public enum DiskKind : uint { Raw, Sparse }
        """,
        """
        public static class Names
        {
            public const string Prefix = "disk";
            public const string Disk = Prefix + "-v1";
        }
        """,
        """
        public class Disk : LuoHandlers.Vfs.LuoFile
        {
            public ulong Size { get; set; }
        }
        """,
        """
        global using LuoHandlers;
        global using LuoHandlers.Handlers;
        global using LuoHandlers.Kho;
        """,
        """
        public sealed class BusObject;
        [LiveUpdateFlb("bus-v1")]
        public sealed partial class Bus
        {
            BusObject Preserve() => new();
            void Unpreserve(BusObject value) { }
            BusObject Retrieve() => new();
            void Finish(BusObject value) { }
        }
        """,
        """
        namespace Plain
        {
            public class Other
            {
                public int Count { get; set; }

                public int Run(int first) => first + Count;
            }
        }
        """,
    ];

    public static TheoryData<int, string, string> Edits => new()
    {
        { Handler, "Disk? file, in DiskState state", "Disk? file" },
        { Handler, "void Unpreserve(Disk file, in DiskState state) { }", "" },
        { Handler, "sealed partial", "partial" },
        { Handler, "[UsesFlb<Bus>]", "" },
        { Base, "CanPreserve", "MayPreserve" },
        { Base, "protected bool", "private bool" },
        { Base, "=> true;", "=> true;\n    protected ulong GetId(Disk file) => 1;" },
        { Base, "=> true;", "=> true;\n    protected void Freeze(Disk file, ref DiskState state) => state.Size = 1;" },
        { Base, "abstract class DiskHandlerBase", "abstract class DiskHandlerBase : Nothing" },
        { Base, "class DiskHandlerBase", "class OtherBase" },
        { Base, "CanPreserve(Disk file)", "CanPreserve(string file)" },
        { State, "[PreservedState]", "" },
        { State, "public ulong Size", "public string Size" },
        { State, "public ulong Size", "public uint Size, Flags" },
        { State, "uint Version", "ulong Version" },
        { State, ": uint", ": ushort" },
        { State, "Raw, Sparse", "Sparse, Raw" },
        { State, "Raw, Sparse", "Raw = 4, Sparse" },
        { State, "[PreservedState]", "[PreservedState(Semantics = 2)]" },
        { State, "struct DiskState", "struct OtherState" },
        { State, "[PreservedState]", "#nullable disable\n[PreservedState]" },
        { Names, "\"disk\"", "\"tape\"" },
        { Names, "-v1", "" },
        { Names, "const string Prefix", "static string Prefix" },
        { Files, "LuoHandlers.Vfs.LuoFile", "object" },
        { Files, "public class Disk", "class Disk" },
        { Files, "class Disk ", "class Tape " },
        { Files, "public ulong Size", "public required ulong Size" },
        { Usings, "global using LuoHandlers;", "" },
        { Usings, "global using LuoHandlers.Kho;", "global using LuoHandlers.Kho;\nglobal using Bus = Plain.Other;" },
        { Flb, "BusObject Preserve()", "object Preserve()" },
        { Flb, "void Finish(BusObject value) { }", "" },
        { Flb, "[LiveUpdateFlb(\"bus-v1\")]", "" },
        { Flb, "bus-v1", "bus-v2" },
        { Plain, "public class Other", "public class Disk { }\n    public class Other" },
        { Plain, "namespace Plain\n{", "namespace Plain\n{\n" },
        { Plain, "public int Run", "public int Walk" },
        { Plain, "first + Count", "first - Count" },
        { Plain, "namespace Plain", "namespace Plain.More" },
        { Plain, "public int Count", "[System.Obsolete] public long Count" },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public void An_edit_gives_what_a_new_generator_gives(int file, string before, string after)
    {
        CSharpCompilation compilation = TestCompilation.Create(Sources);
        var run = new GeneratorRun(compilation);
        string first = Text(run);
        CSharpCompilation edited = compilation.Edit(file, text => text.Replace(before, after, StringComparison.Ordinal));

        run.Run(edited);
        Assert.Equal(Text(new GeneratorRun(edited)), Text(run));

        run.Run(compilation);
        Assert.Equal(first, Text(run));
    }

    // Most of the edits must matter, or the test above says nothing.
    [Fact]
    public void The_edits_matter()
    {
        CSharpCompilation compilation = TestCompilation.Create(Sources);
        string first = Text(new GeneratorRun(compilation));
        int different = Edits.Count(edit => Text(new GeneratorRun(compilation.Edit(
            edit.Data.Item1, text => text.Replace(edit.Data.Item2, edit.Data.Item3, StringComparison.Ordinal)))) != first);
        Assert.InRange(different, 28, Edits.Count - 5);
    }

    [Theory]
    [InlineData(Plain, "public int Run", "public int Walk")]
    [InlineData(Plain, "first + Count", "first - Count")]
    [InlineData(Plain, "int Run(int first)", "long Run(string first, int second)")]
    [InlineData(Plain, "public int Run", "/* A comment. */ public int Run")]
    [InlineData(Base, "=> true", "=> false")]
    public void A_handler_is_bound_once_for_all_edits_that_cannot_matter(int file, string before, string after)
    {
        int bound = 0;
        var generator = new LiveUpdateHandlerGenerator(
            handler =>
            {
                bound++;
                return HandlerModelFactory.Create(handler);
            },
            HandlerEmitter.Emit);
        CSharpCompilation compilation = TestCompilation.Create(Sources);
        var run = new GeneratorRun(compilation, generator);
        run.Run(compilation.Edit(file, text => text.Replace(before, after, StringComparison.Ordinal)));
        run.Run(compilation);

        Assert.Equal(1, bound);
    }

    [Fact]
    public void A_new_file_a_new_reference_and_new_options_are_seen()
    {
        CSharpCompilation compilation = TestCompilation.Create(Sources);
        var run = new GeneratorRun(compilation);
        CSharpCompilation[] others =
        [
            compilation.AddSyntaxTrees(TestCompilation.Parse("public sealed partial class DiskHandler { void Freeze(Disk file) { } }", "/src/More.cs")),
            compilation.RemoveSyntaxTrees(compilation.SyntaxTrees[Base]),
            compilation.RemoveReferences(References.All.Single(reference => reference.Display!.EndsWith("LuoHandlers.dll", StringComparison.Ordinal))),
            compilation.WithOptions(compilation.Options.WithNullableContextOptions(NullableContextOptions.Disable)),
        ];
        foreach (CSharpCompilation other in others)
        {
            run.Run(other);
            Assert.Equal(Text(new GeneratorRun(other)), Text(run));
        }
    }

    private static string Text(GeneratorRun run) => string.Join("\n", run.Sources.Select(source => $"// {source.HintName}\n{source.SourceText}"));
}
