using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis.Testing;

namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>Each rejection by the binder is reported, in its place, and what is right is not.</summary>
public sealed class HandlerBindingAnalyzerTests
{
    private static readonly string[] NotGenerated =
    [
        "Compatible",
        "Callbacks",
        "CanPreserve(LuoFile)",
        "Preserve(ref LiveUpdateFileOpArgs)",
        "Unpreserve(ref LiveUpdateFileOpArgs)",
        "Retrieve(ref LiveUpdateFileOpArgs)",
        "Finish(ref LiveUpdateFileOpArgs)",
    ];

    [Fact]
    public Task A_right_handler_has_no_diagnostic() => VerifyAsync(HandlerSource.With());

    [Theory]
    [InlineData("public void Freeze(Disk file, ref DiskState state) { }")]
    [InlineData("Errno Freeze(IKho kho, in DiskState state, Disk file) => Errno.None;")]
    [InlineData("void Unfreeze() { }")]
    [InlineData("bool CanFinish(Disk? file, RetrieveStatus status) => status.IsRetrieved;")]
    [InlineData("static ulong GetId(Disk file) => file.Size;")]
    [InlineData("void Freeze2<T>(T anything, System.Threading.CancellationToken token) { }")]
    [InlineData("public string Name => nameof(DiskHandler);")]
    public Task Optional_callbacks_and_other_members_have_none(string member) => VerifyAsync(HandlerSource.With(other: member));

    [Fact]
    public Task Every_way_of_taking_the_state_is_right() => VerifyAsync(HandlerSource.With(
        unpreserve: "void Unpreserve(DiskState state) { }",
        retrieve: "Errno Retrieve(ref readonly DiskState state, out Disk file) { file = new(); return Errno.None; }",
        finish: "void Finish() { }"));

    [Fact]
    public Task The_raw_handle_is_right() => VerifyAsync(HandlerSource.With(
        preserve: "void Preserve(Disk file, out ulong serializedData) => serializedData = file.Size;",
        unpreserve: "void Unpreserve(Disk file, ulong serializedData) { }",
        retrieve: "Disk Retrieve(ulong serializedData) => new Disk { Size = serializedData };",
        finish: "void Finish(ulong serializedData) { }"));

    [Fact]
    public Task Private_data_is_right() => VerifyAsync(HandlerSource.With(
        preserve: "void Preserve(Disk file, out DiskState state, out Pins pins) { state = default; pins = new(); }",
        unpreserve: "void Unpreserve(Disk file, in DiskState state, Pins pins) { }"));

    [Fact]
    public Task A_class_without_the_attribute_may_be_anything() => VerifyAsync(
        HandlerSource.Usings + "public abstract class Other<T> { public async System.Threading.Tasks.Task Preserve(T x) => await System.Threading.Tasks.Task.Yield(); }");

    [Fact]
    public Task A_project_without_the_runtime_is_left_alone() =>
        Microsoft.CodeAnalysis.CSharp.Testing.CSharpAnalyzerVerifier<HandlerBindingAnalyzer, DefaultVerifier>.VerifyAnalyzerAsync(
            """
            [{|CS0246:{|CS0246:LiveUpdateFileHandler|}|}("disk-v1")]
            class DiskHandler { }
            """);

    [Fact]
    public Task Another_attribute_of_that_name_means_nothing() => VerifyAsync(
        """
        namespace Other
        {
            class LiveUpdateFileHandlerAttribute : System.Attribute { }
            [LiveUpdateFileHandler] class Handler { }
        }
        """);

    [Theory]
    [InlineData("public sealed class {|LUO1001:DiskHandler|}")]
    [InlineData("class {|LUO1001:DiskHandler|}")]
    public Task LUO1001_not_partial(string declaration) => VerifyAsync(HandlerSource.With(declaration: declaration));

    [Fact]
    public Task LUO1001_names_the_type_and_the_handler() => VerifyAsync(
        Nested("public class {|#0:Outer|} { public partial struct Middle { @ } }"),
        Expected(BindingErrorKind.NotPartial, "Outer", "DiskHandler"));

    [Theory]
    [InlineData("public partial class Outer { @ }")]
    [InlineData("partial record Outer { @ }")]
    [InlineData("public partial interface Outer { @ }")]
    public Task Nested_handlers_are_right(string around) => VerifyAsync(Nested(around));

    [Theory]
    [InlineData("public abstract partial class {|LUO1002:DiskHandler|}")]
    [InlineData("file sealed partial class {|LUO1002:DiskHandler|}")]
    [InlineData("public sealed partial class {|LUO1002:DiskHandler|}<T>")]
    public Task LUO1002_not_registrable(string declaration) => VerifyAsync(HandlerSource.With(declaration: declaration));

    [Fact]
    public Task LUO1002_static() => VerifyAsync(HandlerSource.With(
        declaration: "public static partial class {|LUO1002:DiskHandler|}",
        canPreserve: "static " + HandlerSource.CanPreserve,
        preserve: "static " + HandlerSource.Preserve,
        unpreserve: "static " + HandlerSource.Unpreserve,
        retrieve: "static " + HandlerSource.Retrieve,
        finish: "static " + HandlerSource.Finish));

    [Fact]
    public Task LUO1002_struct() => VerifyAsync(HandlerSource.With(
        attribute: "{|CS0592:LiveUpdateFileHandler|}(\"disk-v1\")",
        declaration: "public partial struct {|LUO1002:DiskHandler|}"));

    [Theory]
    [InlineData("public partial class Outer { @ }", "private", "{|LUO1002:DiskHandler|}")]
    [InlineData("public partial class Outer { @ }", "protected", "{|LUO1002:DiskHandler|}")]
    [InlineData("public partial class Outer { @ }", "private protected", "{|LUO1002:DiskHandler|}")]
    [InlineData("public partial class {|LUO1002:Outer|}<T> { @ }", "public", "DiskHandler")]
    [InlineData("file partial class {|LUO1002:Outer|} { @ }", "public", "DiskHandler")]
    public Task LUO1002_nested(string around, string accessibility, string name) => VerifyAsync(Nested(around, accessibility, name));

    [Theory]
    [InlineData("{|LUO1003:\"\"|}")]
    [InlineData("{|LUO1003:null!|}")]
    [InlineData("{|LUO1003:\"a\\0b\"|}")]
    [InlineData("{|LUO1003:\"12345678901234567890123456789012345678901234567x\"|}")]
    [InlineData("{|LUO1003:Names.Disk|}")]
    [InlineData("\"1234567890123456789012345678901234567890123456x\"")]
    public Task LUO1003_compatible(string argument) => VerifyAsync(
        HandlerSource.With(attribute: $"LiveUpdateFileHandler({argument})") + "static class Names { public const string Disk = \"\"; }");

    [Fact]
    public Task LUO1003_counts_bytes() => VerifyAsync(
        HandlerSource.With(attribute: "LiveUpdateFileHandler({|#0:\"ääääääääääääääääääääääää-v1\"|})"),
        Expected(BindingErrorKind.CompatibleTooLong, "ääääääääääääääääääääääää-v1", "51", "47"));

    [Fact]
    public Task LUO1004_implemented_by_hand() => VerifyAsync(HandlerSource.With(
        declaration: "public sealed partial class DiskHandler : {|#0:ILiveUpdateFileHandler|}",
        other: "ulong ILiveUpdateFileHandler.{|LUO1004:GetId|}(LuoFile file) => 0;"),
        // The generator is silent, so what it would implement is missing.
        [.. NotGenerated.Select(member => DiagnosticResult.CompilerError("CS0535").WithLocation(0).WithMessage(
            $"'DiskHandler' does not implement interface member 'ILiveUpdateFileHandler.{member}'"))]);

    [Fact]
    public Task LUO2001_names_one_missing_callback() => VerifyAsync(
        HandlerSource.With(unpreserve: null, declaration: "public sealed partial class {|#0:DiskHandler|}"),
        Expected(BindingErrorKind.CallbackMissing, "DiskHandler", "Unpreserve", "unpreserve"));

    [Fact]
    public Task LUO2001_names_all_missing_callbacks() => VerifyAsync(
        HandlerSource.With(null, null, null, null, null, declaration: "public sealed partial class {|#0:DiskHandler|}"),
        Expected(
            BindingErrorKind.CallbackMissing,
            "DiskHandler",
            "CanPreserve, Preserve, Unpreserve, Retrieve and Finish",
            "can_preserve, preserve, unpreserve, retrieve and finish"));

    [Fact]
    public Task A_callback_may_be_in_another_part_or_in_a_base_class() => VerifyAsync(
        HandlerSource.With(unpreserve: null, finish: null, declaration: "public sealed partial class DiskHandler : Base")
        + $$"""
        public abstract class Base { protected {{HandlerSource.Unpreserve}} }
        partial class DiskHandler { {{HandlerSource.Finish}} }
        """);

    [Theory]
    [InlineData("int {|LUO2002:flags|}")]
    [InlineData("string[] {|LUO2002:names|}")]
    [InlineData("IKho2 {|LUO2002:kho|}")]
    [InlineData("System.Threading.CancellationToken {|LUO2002:token|}")]
    [InlineData("ulong {|LUO2002:handle|}")]
    [InlineData("System.Guid {|LUO2002:id|}")]
    [InlineData("RetrieveStatus {|LUO2002:status|}")]
    [InlineData("dynamic {|LUO2002:anything|}")]
    [InlineData("DiskState? {|LUO2002:maybe|}")]
    public Task LUO2002_parameter(string parameter) => VerifyAsync(
        HandlerSource.With(unpreserve: $"void Unpreserve({parameter}) {{ }}") + "public interface IKho2 { }");

    [Fact]
    public Task LUO2002_says_what_may_be_taken() => VerifyAsync(
        HandlerSource.With(finish: "void Finish(Pins {|#0:pins|}) { }"),
        Expected(
            BindingErrorKind.ParameterNotOffered,
            "pins",
            "Pins",
            "Finish",
            "private data",
            "a class derived from LuoFile, in a [PreservedState] struct, ulong serializedData, RetrieveStatus, IKho"));

    [Fact]
    public Task LUO2003_overload() => VerifyAsync(HandlerSource.With(other: "void {|LUO2003:Finish|}() { }"));

    [Theory]
    [InlineData("int {|LUO2004:Unpreserve|}() => 0;")]
    [InlineData("Errno {|LUO2004:Unpreserve|}() => Errno.None;")]
    [InlineData("bool {|LUO2004:Unpreserve|}() => true;")]
    public Task LUO2004_return(string unpreserve) => VerifyAsync(HandlerSource.With(unpreserve: unpreserve));

    [Theory]
    [InlineData("Errno {|LUO2004:Retrieve|}(in DiskState state) => Errno.None;")]
    [InlineData("Disk Retrieve(in DiskState state, out Disk {|LUO2004:file|}) => file = new Disk();")]
    [InlineData("object {|LUO2004:Retrieve|}(in DiskState state) => new Disk();")]
    public Task LUO2004_retrieve(string retrieve) => VerifyAsync(HandlerSource.With(retrieve: retrieve));

    [Fact]
    public Task LUO2005_other_file() => VerifyAsync(
        HandlerSource.With(unpreserve: "void Unpreserve(Tape {|#0:file|}, in DiskState state) { }"),
        Expected(BindingErrorKind.ParameterTypeDiffers, "file", "Tape", "Unpreserve", "Disk", "CanPreserve", "the file"));

    [Theory]
    [InlineData("void Unpreserve(in TapeState {|LUO2005:state|}) { }")]
    [InlineData("void Unpreserve(LuoFile {|LUO2005:file|}) { }")]
    public Task LUO2005_other_type(string unpreserve) => VerifyAsync(HandlerSource.With(unpreserve: unpreserve));

    [Theory]
    [InlineData("void Unpreserve(ref DiskState {|LUO2006:state|}) { }")]
    [InlineData("void Unpreserve(in Disk {|LUO2006:file|}) { }")]
    public Task LUO2006_passing(string unpreserve) => VerifyAsync(HandlerSource.With(unpreserve: unpreserve));

    [Fact]
    public Task LUO2006_preserve_writes() => VerifyAsync(
        HandlerSource.With(preserve: "void Preserve(Disk file, in DiskState {|#0:state|}) { }"),
        Expected(BindingErrorKind.ParameterRefKind, "state", "Preserve", "in", "out"));

    [Fact]
    public Task LUO2007_duplicate() => VerifyAsync(
        HandlerSource.With(unpreserve: "void Unpreserve(Disk file, Disk {|#0:same|}) { }"),
        Expected(BindingErrorKind.ParameterDuplicate, "same", "file", "Unpreserve", "the file"));

    [Theory]
    [InlineData("void {|LUO2008:Unpreserve|}<T>() { }")]
    [InlineData("async void {|LUO2008:Unpreserve|}() => await System.Threading.Tasks.Task.Yield();")]
    [InlineData("async System.Threading.Tasks.Task {|LUO2008:Unpreserve|}() => await System.Threading.Tasks.Task.Yield();")]
    public Task LUO2008_generic_or_async(string unpreserve) => VerifyAsync(HandlerSource.With(unpreserve: unpreserve));

    [Fact]
    public Task LUO2009_file_that_may_be_null() => VerifyAsync(
        HandlerSource.With(finish: "void Finish(Disk {|#0:file|}) { }"),
        Expected(BindingErrorKind.FileNotNullable, "file", "Disk", "Finish"));

    [Fact]
    public Task LUO2009_says_nothing_where_nullable_is_off() => VerifyAsync(
        "#nullable disable\n" + HandlerSource.With(finish: "void Finish(Disk file) { }"));

    [Fact]
    public Task LUO2010_never_written() => VerifyAsync(
        HandlerSource.With(unpreserve: "void Unpreserve(Pins {|#0:pins|}) { }"),
        Expected(BindingErrorKind.NotPreserved, "pins", "Pins", "Unpreserve", "private data"));

    [Fact]
    public Task LUO2011_state_and_handle() => VerifyAsync(
        HandlerSource.With(finish: "void Finish(ulong {|#0:serializedData|}) { }"),
        Expected(BindingErrorKind.StateWithSerializedData, "DiskHandler", "serializedData", "Finish", "DiskState"));

    [Fact]
    public Task LUO3001_ref_struct() => VerifyAsync(
        HandlerSource.With(
            preserve: "void Preserve(out Named {|LUO3001:state|}) => state = default;",
            unpreserve: "void Unpreserve(in Named {|LUO3001:state|}) { }",
            retrieve: "Disk Retrieve() => new();",
            finish: "void Finish() { }")
        + "[PreservedState] public ref struct Named { public ulong Number; }");

    [Fact]
    public Task LUO3001_references_that_no_field_shows() => VerifyAsync(
        HandlerSource.With(
            preserve: "void Preserve(out Named<string> {|LUO3001:state|}) => state = default;",
            unpreserve: "void Unpreserve(in Named<string> {|LUO3001:state|}) { }",
            retrieve: "Disk Retrieve() => new();",
            finish: "void Finish() { }")
        + "[PreservedState] public struct Named<T> { public T Name; }");

    [Fact]
    public Task State_with_references_is_reported_at_its_field_alone() => VerifyAsync(
        HandlerSource.With(
            preserve: "void Preserve(out Named state) => state = default;",
            unpreserve: "void Unpreserve(in Named state) { }",
            retrieve: "Disk Retrieve() => new();",
            finish: "void Finish() { }")
        + "[PreservedState] public struct Named { public string Name; }");

    [Theory]
    [InlineData("void Unpreserve({|CS0246:Missing|} file) { }")]
    [InlineData("{|CS0246:Missing|} Unpreserve() => null!;")]
    public Task What_the_compiler_reports_is_not_reported_again(string unpreserve) => VerifyAsync(HandlerSource.With(unpreserve: unpreserve));

    private static DiagnosticResult Expected(BindingErrorKind kind, params object[] arguments) =>
        new DiagnosticResult(BindingErrorDescriptors.Find(kind)!).WithLocation(0).WithArguments(arguments);

    /// <summary>The right handler in the place of <c>@</c>.</summary>
    private static string Nested(string around, string accessibility = "public", string name = "DiskHandler") =>
        HandlerSource.Usings + HandlerSource.Types + around.Replace(
            "@",
            $$"""
            [LiveUpdateFileHandler("disk-v1")]
            {{accessibility}} partial class {{name}}
            {
                {{HandlerSource.CanPreserve}}
                {{HandlerSource.Preserve}}
                {{HandlerSource.Unpreserve}}
                {{HandlerSource.Retrieve}}
                {{HandlerSource.Finish}}
            }
            """,
            StringComparison.Ordinal);

    private static Task VerifyAsync(string source, params DiagnosticResult[] expected)
    {
        HandlerAnalyzerTest<HandlerBindingAnalyzer> test = new() { TestCode = source };
        test.ExpectedDiagnostics.AddRange(expected);
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
