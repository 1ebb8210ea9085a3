using System.Reflection;
using LuoHandlers.Generator.Model;
using LuoHandlers.Generator.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace LuoHandlers.Generator.Tests;

/// <summary>What the generator says of what an assembly can retrieve.</summary>
public sealed class ManifestTests
{
    private const string Handler = """
        using LuoHandlers;
        using LuoHandlers.Vfs;
        public sealed class Note : LuoFile;
        [LiveUpdateFileHandler("note-v2")]
        public sealed partial class NoteHandler
        {
            bool CanPreserve(Note file) => true;
            void Preserve(out NoteState state) => state = default;
            void Unpreserve() { }
            Note Retrieve(in NoteState state) => new();
            void Finish() { }
            [RetrievesFrom("note-v1")] static NoteState Upgrade(in NoteStateV1 old) => default;
        }
        [LiveUpdateFlb("bus-v1")]
        public sealed partial class BusFlb
        {
            object Preserve(out ulong serializedData) { serializedData = 1; return new(); }
            void Unpreserve() { }
            object Retrieve() => new();
            void Finish() { }
        }
        """;

    private const string States = """
        using LuoHandlers;
        [PreservedState] public struct NoteState { public ulong Length; public uint Color, Reserved; }
        [PreservedState] public struct NoteStateV1 { public uint Length; }
        """;

    [Fact]
    public void Every_string_that_can_be_retrieved_is_there_with_its_layout()
    {
        Assembly assembly = LoadedHandlers.Load(Handler, States);

        LiveUpdateAbiAttribute[] abis = [.. assembly.GetCustomAttributes<LiveUpdateAbiAttribute>()];

        Assert.Equal(
            [
                ("bus-v1", LiveUpdateAbiKind.Flb, "flb raw"),
                ("note-v1", LiveUpdateAbiKind.FileHandler, "field 0000 4 u32 Length\nhandler inline 4"),
                ("note-v2", LiveUpdateAbiKind.FileHandler, "field 0000 8 u64 Length\nfield 0008 4 u32 Color\nfield 0012 4 u32 Reserved\nhandler memory 16\nretrieves note-v1"),
            ],
            abis.OrderBy(abi => abi.Compatible, StringComparer.Ordinal).Select(abi => (abi.Compatible, abi.Kind, abi.Description)));
    }

    [Fact]
    public void A_handler_that_is_rejected_is_not_there() =>
        Assert.Null(new GeneratorRun(TestCompilation.Create(HandlerInput.Read("Rejected"))).Manifest);

    [Fact]
    public void Without_handlers_and_FLBs_there_is_none() =>
        Assert.Null(new GeneratorRun(TestCompilation.Create(States)).Manifest);

    [Fact]
    public void A_layout_that_can_not_be_known_is_empty()
    {
        var run = new GeneratorRun(TestCompilation.Create(Handler, States.Replace("uint Length", "System.DateTime Length", StringComparison.Ordinal)));

        run.Output.AssertCompiles();
        Assert.Contains("LiveUpdateAbiAttribute(\"note-v1\", global::LuoHandlers.LiveUpdateAbiKind.FileHandler,\n    \"\")]", run.Manifest, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_in_another_file_changes_the_manifest_and_no_other_file()
    {
        CSharpCompilation compilation = TestCompilation.Create(Handler, States);
        var run = new GeneratorRun(compilation);
        Dictionary<string, string> before = run.Sources.ToDictionary(source => source.HintName, source => source.SourceText.ToString());

        run.Run(compilation.Edit(1, states => states.Replace("uint Color", "int Color", StringComparison.Ordinal)));

        Assert.Equal(IncrementalStepRunReason.Modified, Assert.Single(run.Reasons(TrackingNames.Manifest)));
        Assert.Contains("field 0008 4 s32 Color", run.Manifest, StringComparison.Ordinal);
        Assert.Equal(
            [Emit.ManifestEmitter.HintName],
            run.Sources.Where(source => before[source.HintName] != source.SourceText.ToString()).Select(source => source.HintName));
        Assert.All(run.Reasons(TrackingNames.Registration), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void An_edit_that_moves_no_byte_changes_nothing()
    {
        CSharpCompilation compilation = TestCompilation.Create(Handler, States);
        var run = new GeneratorRun(compilation);

        foreach (Func<string, string> edit in new Func<string, string>[]
        {
            states => states + "// A comment.\n",
            states => states.Replace("public uint Color, Reserved;", "public uint Color; public uint Reserved; public const int Version = 2;", StringComparison.Ordinal),
        })
        {
            compilation = compilation.Edit(1, edit);
            run.Run(compilation);
            run.AssertNothingRanAgain();
        }
    }

    [Fact]
    public void A_new_reference_and_a_new_assembly_name_leave_it_alone()
    {
        CSharpCompilation compilation = TestCompilation.Create(Handler, States);
        var run = new GeneratorRun(compilation);

        run.Run(compilation.WithAssemblyName("Renamed"));

        Assert.All(run.Reasons(TrackingNames.Manifest), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }
}
