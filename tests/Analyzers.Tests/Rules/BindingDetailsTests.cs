using System.Globalization;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>What the binder says of code that is nearly right, in words: several of its reasons have one id.</summary>
public sealed class BindingDetailsTests
{
    private const string Old = "[PreservedState] public struct DiskStateV1 { public ulong Length; }\n";
    private const string Base = "public sealed partial class DiskHandler : Base";

    [Theory]
    [InlineData("int flags", "LUO has nothing of that type")]
    [InlineData("DiskState? maybe", "LUO has nothing of that type")]
    [InlineData("System.Span<byte> bytes", "LUO has nothing of that type")]
    [InlineData("System.Guid id", "is not marked as bytes to hand over")]
    [InlineData("System.Threading.CancellationToken token", "would never be cancelled")]
    [InlineData("ulong handle", "is a number that LUO does not have")]
    [InlineData("RetrieveStatus status", "does not have at that point")]
    public Task A_parameter(string parameter, string expected) => VerifyAsync(HandlerSource.With(unpreserve: $"void Unpreserve({parameter}) {{ }}"), expected);

    [Theory]
    [InlineData("object Retrieve(in DiskState state) => new();", "Return a class derived from LuoFile or Errno with an out file.")]
    [InlineData("static Disk s_disk = new(); static ref Disk Retrieve(in DiskState state) => ref s_disk;", "Return a class derived from LuoFile or Errno with an out file.")]
    [InlineData("Disk Retrieve(in DiskState state, System.Span<byte> bytes) => new();", "LUO has nothing of that type")]
    [InlineData("Missing Retrieve(out Disk file) => file = new();")]
    [InlineData("Disk Retrieve(IncomingDependency<Missing> files) => new();")]
    public Task A_retrieve(string retrieve, string? expected = null) => VerifyAsync(HandlerSource.With(retrieve: retrieve), expected is null ? [] : [expected]);

    [Fact]
    public Task What_Preserve_returns() => VerifyAsync(
        HandlerSource.With(preserve: "int Preserve(out DiskState state) { state = default; return 0; }"), "Return void or Errno.");

    [Fact]
    public Task What_a_class_with_the_mark_of_a_struct_is() => VerifyAsync(
        HandlerSource.With(unpreserve: "void Unpreserve(in Marked state) { }") + "[PreservedState] public class Marked { }", "is passed in", "Preserve never writes it");

    [Theory]
    [InlineData("System.Collections.Generic.List<string?>", "what one of them leaves would be taken for something else")]
    [InlineData("System.Collections.Generic.List<string>")]
    public Task Private_data(string type, string? expected = null) => VerifyAsync(
        HandlerSource.With(
            preserve: "void Preserve(Disk file, out DiskState state, out System.Collections.Generic.List<string> names) { state = default; names = []; }",
            unpreserve: $"void Unpreserve({type} names) {{ }}"),
        expected is null ? [] : [expected]);

    // The compiler says that it is no constant.
    [Fact]
    public Task A_string_that_is_not_known() => VerifyAsync(
        HandlerSource.With(attribute: "LiveUpdateFileHandler(Names.Disk)") + "public static class Names { public static readonly string Disk = \"disk-v1\"; }");

    // A parameter that could not be bound may be what is missing.
    [Fact]
    public Task What_a_mistake_in_Preserve_hides() => VerifyAsync(
        HandlerSource.With(preserve: "void Preserve(Disk file, int state) { }"), "LUO has nothing of that type");

    [Fact]
    public Task What_a_mistake_in_Preserve_hides_of_a_dependency() => VerifyAsync(
        HandlerSource.With(preserve: "void Preserve(Disk file, out DiskState state, int tapes) => state = default;", attribute: "LiveUpdateFileHandler(\"disk-v1\"), DependsOn<Tape>"),
        "LUO has nothing of that type");

    [Fact]
    public Task Two_FLBs_with_one_object() => VerifyAsync(
        HandlerSource.With(preserve: "void Preserve(Disk file, out DiskState state, Bus bus) => state = default;", attribute: "LiveUpdateFileHandler(\"disk-v1\"), UsesFlb<BusFlb>, UsesFlb<OtherFlb>")
            + "public sealed class Bus { }\n" + FlbSource.Declare() + FlbSource.Declare(attribute: "LiveUpdateFlb(\"other-v1\")", declaration: "public sealed partial class OtherFlb"),
        "the object of both 'BusFlb' and 'OtherFlb'");

    [Theory]
    [InlineData("DiskState Preserve(out DiskState state) => state = default;", "Return a class, the FLB's object.", "")]
    [InlineData("Bus Preserve(out DiskState state) { state = default; return new(); }", null, "")]
    [InlineData("Bus Preserve(out DiskState state) { state = default; return new(); }", null, "[System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public BusFlb() { } public required int Number { get; init; }")]
    public Task An_flb(string preserve, string? expected, string other) =>
        VerifyAsync(FlbSource.With(preserve: preserve, other: other), expected is null ? [] : [expected]);

    [Theory]
    [InlineData("public partial interface DiskHandler", "is not a class")]
    [InlineData("public abstract partial class DiskHandler", "is abstract")]
    public Task The_type(string declaration, string expected) => VerifyAsync(HandlerSource.With(declaration: declaration), expected);

    [Fact]
    public Task What_is_implemented_by_hand() => VerifyAsync(
        HandlerSource.With(declaration: "public sealed partial class DiskHandler : IRetrievesOlder", other: "RetrieveOnlyHandler[] IRetrievesOlder.CreateOlder() => [];"),
        "CreateOlder' itself");

    [Theory]
    [InlineData("\"a\\uD800b\"", "at position 1")]
    [InlineData("\"ab\\uDC00\"", "at position 2")]
    [InlineData("\"ab\\uD800\"", "at position 2")]
    [InlineData("\"a\\uD83D\\uDE00\\uDC00\"", "at position 3")]
    [InlineData("\"a\\uD83D\\uDE00-v1\"")]
    public Task Half_a_character(string compatible, string? expected = null) =>
        VerifyAsync(HandlerSource.With(attribute: $"LiveUpdateFileHandler({compatible})"), expected is null ? [] : [expected]);

    [Fact]
    public Task Types_whose_names_end_alike() => VerifyAsync(
        HandlerSource.Usings + "namespace LuoHandlers.LiveUpdateFileHandle { public sealed class Attribute : System.Attribute { } }\n[LuoHandlers.LiveUpdateFileHandle.Attribute] public class First { }\n"
        + "public sealed class LiveUpdateFileHandlerAttribute : System.Attribute { }\n[global::LiveUpdateFileHandler] public class Second { }\n"
        + "public sealed class HandlerAttribute : System.Attribute { }\n[Handler] public class Third { }\n");

    [Theory]
    [InlineData("[RetrievesFrom(\"disk-v0\")] static DiskState Upgrade(int number, in DiskStateV1 old) => default;", "'number' of Upgrade is 'int'")]
    [InlineData("[RetrievesFrom(\"disk-v0\")] static DiskState Upgrade(in DiskStateV1 old, out int number) { number = 1; return default; }", "'number' of Upgrade is 'int'")]
    [InlineData("[RetrievesFrom(\"disk-v0\")] static DiskState Upgrade(in Marked old) => default; [PreservedState] public class Marked { }", "'old' of Upgrade is 'Marked'")]
    [InlineData("[RetrievesFrom(\"disk-v0\")] static DiskState Upgrade(in Named old) => default; [PreservedState] public ref struct Named { public ulong Number; }", "'Named' has references in it")]
    [InlineData("[RetrievesFrom(\"disk-v0\")] static DiskState Upgrade(in Named<string> old) => default; [PreservedState] public struct Named<T> { public T Value; }", "'Named<string>' has references in it")]
    [InlineData("[RetrievesFrom(\"disk-v0\")] static void Upgrade(in DiskStateV1 old) { }", "Retrieve and Finish read 'DiskState'")]
    [InlineData("[RetrievesFrom(\"disk-v0\")] static Errno Upgrade(in DiskStateV1 old, int number) => default;", "'number' of Upgrade is 'int'")]
    public Task An_upgrade(string upgrade, string expected) => VerifyAsync(HandlerSource.With(other: upgrade) + Old, expected);

    [Theory]
    [InlineData("static Errno Upgrade(in DiskStateV1 old) => default;", "'DiskHandler' has no state", "Retrieve and Finish read 'the state'")]
    [InlineData("static Errno Upgrade(in DiskStateV1 old, out DiskState state) { state = default; return default; }", "'DiskHandler' has no state")]
    [InlineData("static int Upgrade(in DiskStateV1 old) => 0;", "'DiskHandler' has no state")]
    public Task An_upgrade_without_a_state(string upgrade, params string[] expected) => VerifyAsync(
        HandlerSource.With(
            preserve: "void Preserve(Disk file) { }",
            unpreserve: "void Unpreserve() { }",
            retrieve: "Disk Retrieve() => new();",
            finish: "void Finish() { }",
            other: "[RetrievesFrom(\"disk-v0\")] " + upgrade) + Old,
        expected);

    [Theory]
    [InlineData("[Token(1)] public partial Disk Boot { get; }", "'Boot' has no setter")]
    [InlineData("[Token(1)] public partial Disk Boot { set; }", "'Boot' has no getter")]
    [InlineData("[Token(1)] public partial ref Disk Boot { get; }", "'Boot' has no setter", "'Boot' is 'Disk', which is no file")]
    [InlineData("[Token(1)] public partial Disk this[int index] { get; set; }", "is not a partial property")]
    [InlineData("public VmSession(params int[] numbers) => _ = numbers;")]
    [InlineData("public VmSession(int number = 1) => _ = number;")]
    [InlineData("public VmSession(int number, int other = 1) => _ = number + other;", "has no constructor without parameters")]
    [InlineData("private VmSession() { }", "has no constructor without parameters")]
    [InlineData("[System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public VmSession() { } public required int Number { get; set; }")]
    public Task A_session(string member, params string[] expected) =>
        VerifyAsync(HandlerSource.Usings + HandlerSource.Types + $"[LiveUpdateSession] public partial class VmSession {{ {member} }}", expected);

    [Fact]
    public async Task The_circle_is_told()
    {
        const string Take = "void Preserve({0} file, out DiskState state, OutgoingDependency<{1}> needed) => state = default;";
        string source = HandlerSource.With(preserve: string.Format(CultureInfo.InvariantCulture, Take, "Disk", "Tape"), attribute: "LiveUpdateFileHandler(\"disk-v1\"), DependsOn<Tape>")
            + Handler("Tape", "[LiveUpdateFileHandler(\"tape-v1\"), DependsOn<Disk>]", "Disk");
        var diagnostics = await HandlerCompilation.AnalyzeAsync(HandlerCompilation.Create(source));
        Assert.Equal(
            ["(Disk → Tape → Disk)", "(Tape → Disk → Tape)"],
            diagnostics.Where(diagnostic => diagnostic.Id == RuleIds.DependencyCycle)
                .Select(diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture)).Select(text => text[text.IndexOf('(', StringComparison.Ordinal)..(text.IndexOf(')', StringComparison.Ordinal) + 1)]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_class_that_is_no_handler_closes_no_circle()
    {
        string source = HandlerSource.With(preserve: "void Preserve(Disk file, out DiskState state, OutgoingDependency<Tape> needed) => state = default;", attribute: "LiveUpdateFileHandler(\"disk-v1\"), DependsOn<Tape>")
            + Handler("Tape", "[DependsOn<Disk>]", "Disk");
        Assert.DoesNotContain(await HandlerCompilation.AnalyzeAsync(HandlerCompilation.Create(source)), diagnostic => diagnostic.Id == RuleIds.DependencyCycle);
    }

    [Fact]
    public async Task The_FLB_that_is_too_much_is_counted()
    {
        const string Members = "object Preserve() => new(); void Unpreserve() { } object Retrieve() => new(); void Finish() { }";
        string source = HandlerSource.Usings + string.Concat(Enumerable.Range(1, 64).Select(number => $"[LiveUpdateFlb(\"flb{number}-v1\")] public sealed partial class Flb{number} {{ {Members} }}\n"));
        Diagnostic found = Assert.Single(await HandlerCompilation.AnalyzeAsync(HandlerCompilation.Create(source)), diagnostic => diagnostic.Id == RuleIds.TooManyFlbs);
        Assert.StartsWith("'Flb64' is FLB 64 of this assembly, but LUO can hand over 63", found.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("protected", "", true)]
    [InlineData("internal", "", false)]
    [InlineData("private protected", "", false)]
    [InlineData("private", "", false)]
    [InlineData("internal", "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Handlers\")]", true)]
    public Task A_callback_of_another_assembly(string accessibility, string attribute, bool isSeen)
    {
        Compilation library = HandlerCompilation.Create(
            HandlerSource.Usings + attribute + HandlerSource.Types + $"public abstract class Base {{ {accessibility} {HandlerSource.Unpreserve} }}").WithAssemblyName("Library");
        string source = HandlerSource.With(unpreserve: null, declaration: Base).Replace(HandlerSource.Types, "", StringComparison.Ordinal);
        return VerifyAsync(HandlerCompilation.Create(source).AddReferences(library.ToMetadataReference()), isSeen ? [] : ["has no Unpreserve"]);
    }

    [Theory]
    [InlineData("internal", true)]
    [InlineData("private protected", true)]
    [InlineData("private", false)]
    public Task A_callback_of_a_base_class(string accessibility, bool isSeen) => VerifyAsync(
        HandlerSource.With(unpreserve: null, declaration: Base) + $"public abstract class Base {{ {accessibility} {HandlerSource.Unpreserve} }}", isSeen ? [] : ["has no Unpreserve"]);

    // Its fields can't be shown: what takes the state is.
    [Fact]
    public Task A_state_with_references_of_another_assembly()
    {
        Compilation library = HandlerCompilation.Create(HandlerSource.Usings + "[PreservedState] public struct Named { public string Name; }").WithAssemblyName("Library");
        MemoryStream image = new();
        Assert.True(library.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        string source = HandlerSource.With(
            preserve: "void Preserve(Disk file, out Named state) => state = default;", unpreserve: "void Unpreserve() { }", retrieve: "Disk Retrieve() => new();", finish: "void Finish() { }");
        return VerifyAsync(HandlerCompilation.Create(source).AddReferences(MetadataReference.CreateFromImage(image.ToArray())), "'Named' has references in it");
    }

    private static string Handler(string file, string attributes, string needed) => $$"""
        {{attributes}}
        public sealed partial class {{file}}Handler
        {
            bool CanPreserve({{file}} file) => true;
            void Preserve({{file}} file, out DiskState state, OutgoingDependency<{{needed}}> needed) => state = default;
            void Unpreserve() { }
            {{file}} Retrieve(in DiskState state) => new();
            void Finish() { }
        }

        """;

    private static Task VerifyAsync(string source, params string[] expected) => VerifyAsync(HandlerCompilation.Create(source), expected);

    private static async Task VerifyAsync(Compilation compilation, params string[] expected)
    {
        string[] messages = [.. (await HandlerCompilation.FindRejectionsAsync(compilation))
            .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)
            .Select(diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture))];
        Assert.True(expected.Length == messages.Length, string.Join('\n', messages));
        Assert.All(expected.Zip(messages), each => Assert.Contains(each.First, each.Second, StringComparison.Ordinal));
    }
}
