using LuoHandlers.Generator.Binding;
using LuoHandlers.Generator.Tests.Infrastructure;
using LuoHandlers.Handlers;
using Microsoft.CodeAnalysis;
using Xunit;

namespace LuoHandlers.Generator.Tests.Binding;

/// <summary>What the binder makes of a class, and why it rejects one.</summary>
public sealed class HandlerBinderTests
{
    private const string Attribute = "[LiveUpdateFileHandler(\"test-v1\")] ";
    private static readonly string Callbacks = string.Join("\n", BoundSource.Required.Values);

    [Fact]
    public void Everything_that_a_handler_may_have_is_bound()
    {
        HandlerBinding binding = BoundSource.BindCallbacks(
            "bool CanPreserve(F file) => true;",
            "Errno Preserve(IKho kho, out P data, out S state, F file) { data = new(); state = default; return 0; }",
            "void Unpreserve(in S state, P data, F file, IKho kho) { }",
            "Errno Freeze(ref S state, P data, F file, IKho kho) => 0;",
            "void Unfreeze(S state, P data, F file, IKho kho) { }",
            "Errno Retrieve(ref readonly S state, IKho kho, out F? file) { file = null; return 0; }",
            "bool CanFinish(F? file, S state, RetrieveStatus status, IKho kho) => true;",
            "void Finish(F? file, in S state, RetrieveStatus status, IKho kho) { }",
            "ulong GetId(F file) => 1;");

        Assert.Empty(binding.Errors);
        BoundHandler handler = binding.Handler;
        Assert.Equal("test-v1", handler.Compatible);
        Assert.Equal("F", handler.FileType?.Name);
        Assert.Equal("S", handler.StateType?.Name);
        Assert.Equal("P", handler.PrivateDataType?.Name);
        Assert.False(handler.UsesSerializedData);
        Assert.True(handler.IsConstructible);
        Assert.Equal(Enum.GetValues<CallbackKind>(), handler.Callbacks.Select(callback => callback.Kind));
        Assert.Equal(
            [
                (ParameterRole.Kho, RefKind.None),
                (ParameterRole.PrivateData, RefKind.Out),
                (ParameterRole.State, RefKind.Out),
                (ParameterRole.File, RefKind.None),
            ],
            handler.FindCallback(CallbackKind.Preserve)!.Parameters.Select(parameter => (parameter.Role, parameter.RefKind)));
        Assert.Equal(ReturnConvention.Errno, handler.FindCallback(CallbackKind.Retrieve)!.Returns);
    }

    [Fact]
    public void Every_parameter_is_optional()
    {
        HandlerBinding binding = BoundSource.BindCallbacks(
            "bool CanPreserve() => true;", "void Preserve() { }", "void Unpreserve() { }", "F Retrieve() => null!;", "void Finish() { }");

        Assert.Empty(binding.Errors);
        Assert.Equal("F", binding.Handler.FileType?.Name);
    }

    [Fact]
    public void The_raw_handle_stands_in_place_of_a_state()
    {
        HandlerBinding binding = BoundSource.BindCallbacks(
            "void Preserve(out ulong serializedData) => serializedData = 1;",
            "void Unpreserve(ulong serializedData) { }",
            "void Freeze(ref ulong serializedData) { }",
            "F Retrieve(in ulong serializedData) => null!;",
            "bool CanFinish(ulong serializedData) => true;",
            "void Finish(ulong serializedData) { }");

        Assert.Empty(binding.Errors);
        Assert.True(binding.Handler.UsesSerializedData);
        Assert.Null(binding.Handler.StateType);
    }

    [Fact]
    public void Any_file_will_do_where_the_file_type_is_the_base_class() => Assert.Empty(BoundSource.BindCallbacks(
        "bool CanPreserve(LuoFile file) => true;",
        "void Preserve(LuoFile? file) { }",
        "void Unpreserve(LuoFile file) { }",
        "LuoFile Retrieve() => null!;",
        "void Finish(LuoFile? file) { }").Errors);

    [Theory]
    // The class.
    [InlineData("public sealed class H { CALLBACKS }", BindingErrorKind.NotPartial, "H|H")]
    [InlineData("public class Outer { public sealed partial class H { CALLBACKS } }", BindingErrorKind.NotPartial, "Outer|H")]
    [InlineData("public partial struct H { CALLBACKS }", BindingErrorKind.NotClass, "H")]
    [InlineData("public partial record struct H { CALLBACKS }", BindingErrorKind.NotClass, "H")]
    [InlineData("public abstract partial class H { CALLBACKS }", BindingErrorKind.IsAbstract, "H")]
    [InlineData("public sealed partial class H<X> { CALLBACKS }", BindingErrorKind.IsGeneric, "H|H")]
    [InlineData("public partial class Outer<X> { public sealed partial class H { CALLBACKS } }", BindingErrorKind.IsGeneric, "Outer|H")]
    [InlineData("file sealed partial class H { CALLBACKS }", BindingErrorKind.IsFileLocal, "H|H")]
    [InlineData("public partial class Outer { private sealed partial class H { CALLBACKS } }", BindingErrorKind.NotAccessible, "H|H")]
    [InlineData("public partial class Outer { protected internal partial class Middle { protected sealed partial class H { CALLBACKS } } }", BindingErrorKind.NotAccessible, "H|H")]
    [InlineData("public partial class Outer { private protected partial class Middle { public sealed partial class H { CALLBACKS } } }", BindingErrorKind.NotAccessible, "Middle|H")]
    [InlineData("public sealed partial class H : ILiveUpdateFileHandler { CALLBACKS System.ReadOnlySpan<byte> ILiveUpdateFileHandler.Compatible => default; }", BindingErrorKind.ImplementedByHand, "H|LuoHandlers.Handlers.ILiveUpdateFileHandler.Compatible")]
    public void A_class_that_can_not_be_a_handler_is_rejected(string declaration, object kind, string arguments)
    {
        HandlerBinding binding = BoundSource.Bind(AttributeOn(declaration).Replace("CALLBACKS", Callbacks, StringComparison.Ordinal));

        BindingError error = Assert.Single(binding.Errors);
        Assert.Equal((BindingErrorKind)kind, error.Kind);
        Assert.Equal(arguments.Split('|'), error.Arguments);
        Assert.True(error.Location.IsInSource);
    }

    [Fact]
    public void A_static_class_is_rejected()
    {
        HandlerBinding binding = BoundSource.Bind(Attribute + "public static partial class H { static " + string.Join("\nstatic ", BoundSource.Required.Values) + " }");

        Assert.Equal(BindingErrorKind.IsStatic, Assert.Single(binding.Errors).Kind);
    }

    [Theory]
    [InlineData("null!", BindingErrorKind.CompatibleNull, "H")]
    [InlineData("\"\"", BindingErrorKind.CompatibleEmpty, "H")]
    [InlineData("\"a\\0b\"", BindingErrorKind.CompatibleNotText, "H|1")]
    [InlineData("\"ab\\ud800\"", BindingErrorKind.CompatibleNotText, "H|2")]
    [InlineData("\"\\udc00\\ud800\"", BindingErrorKind.CompatibleNotText, "H|0")]
    [InlineData("\"0123456789012345678901234567890123456789abcde-v1\"", BindingErrorKind.CompatibleTooLong, "0123456789012345678901234567890123456789abcde-v1|48|47")]
    [InlineData("\"\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\"", BindingErrorKind.CompatibleTooLong, "\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4|48|47")]
    public void A_compatible_string_that_LUO_can_not_keep_is_rejected_at_the_argument(string argument, object kind, string arguments)
    {
        HandlerBinding binding = BoundSource.Bind($"[LiveUpdateFileHandler({argument})] public sealed partial class H {{ {Callbacks} }}");

        BindingError error = Assert.Single(binding.Errors);
        Assert.Equal((BindingErrorKind)kind, error.Kind);
        Assert.Equal(arguments.Split('|'), error.Arguments);
        Assert.Equal(argument, error.Location.SourceTree!.GetText(TestContext.Current.CancellationToken).ToString(error.Location.SourceSpan));
    }

    [Theory]
    [InlineData("\"0123456789012345678901234567890123456789abcd-v1\"")]
    [InlineData("\"\\ud83d\\ude00-v1\"")]
    public void A_compatible_string_that_just_fits_is_taken(string argument) =>
        Assert.Empty(BoundSource.Bind($"[LiveUpdateFileHandler({argument})] public sealed partial class H {{ {Callbacks} }}").Errors);

    [Theory]
    [InlineData(CallbackKind.CanPreserve, "can_preserve")]
    [InlineData(CallbackKind.Preserve, "preserve")]
    [InlineData(CallbackKind.Unpreserve, "unpreserve")]
    [InlineData(CallbackKind.Retrieve, "retrieve")]
    [InlineData(CallbackKind.Finish, "finish")]
    public void A_missing_callback_is_rejected_by_name(object kind, string kernelName)
    {
        HandlerBinding binding = BoundSource.Bind(
            Attribute + $"public sealed partial class H {{ {string.Join("\n", BoundSource.Required.Where(required => required.Key != (CallbackKind)kind).Select(required => required.Value))} }}");

        BindingError error = Assert.Single(binding.Errors);
        Assert.Equal(BindingErrorKind.CallbackMissing, error.Kind);
        Assert.Equal(["H", kind.ToString()!, kernelName], error.Arguments);
        Assert.Equal((CallbackKind)kind, error.Callback?.Kind);
        // A fix that writes the callback needs to know what the others take.
        Assert.Equal("F", binding.Handler.FileType?.Name);
    }

    [Theory]
    // The method.
    [InlineData("void Freeze() { } void Freeze(F file) { }", BindingErrorKind.CallbackOverloaded, "H|Freeze")]
    [InlineData("void Freeze<X>() { }", BindingErrorKind.CallbackGeneric, "H|Freeze")]
    [InlineData("async void Freeze() => await Task.Yield();", BindingErrorKind.CallbackAsync, "H|Freeze")]
    [InlineData("async Task Freeze() => await Task.Yield();", BindingErrorKind.CallbackAsync, "H|Freeze")]
    // The return type.
    [InlineData("Task Freeze() => Task.CompletedTask;", BindingErrorKind.CallbackReturnType, "H|Freeze|Task|void or Errno")]
    [InlineData("int Freeze() => 0;", BindingErrorKind.CallbackReturnType, "H|Freeze|int|void or Errno")]
    [InlineData("bool Freeze() => true;", BindingErrorKind.CallbackReturnType, "H|Freeze|bool|void or Errno")]
    [InlineData("Errno Unfreeze() => 0;", BindingErrorKind.CallbackReturnType, "H|Unfreeze|Errno|void")]
    [InlineData("void CanFinish() { }", BindingErrorKind.CallbackReturnType, "H|CanFinish|void|bool")]
    [InlineData("uint GetId(F file) => 0;", BindingErrorKind.CallbackReturnType, "H|GetId|uint|ulong")]
    [InlineData("void Retrieve() { }", BindingErrorKind.CallbackReturnType, "H|Retrieve|void|a class derived from LuoFile or Errno with an out file")]
    [InlineData("P Retrieve() => new();", BindingErrorKind.CallbackReturnType, "H|Retrieve|P|a class derived from LuoFile or Errno with an out file")]
    [InlineData("Errno? Freeze() => null;", BindingErrorKind.CallbackReturnType, "H|Freeze|Errno?|void or Errno")]
    // The parameters.
    [InlineData("void Freeze(CancellationToken stop) { }", BindingErrorKind.ParameterCancellationToken, "stop|Freeze")]
    [InlineData("void Freeze(ref ulong handle) { }", BindingErrorKind.ParameterNotNamedSerializedData, "handle|Freeze")]
    [InlineData("void Freeze(ref Plain plain) { }", BindingErrorKind.ParameterStructNotPreservedState, "plain|Plain|Freeze")]
    [InlineData("void Freeze(int number) { }", BindingErrorKind.ParameterType, "number|int|Freeze|a class derived from LuoFile, ref a [PreservedState] struct, ref ulong serializedData, any other class, the class of an FLB's object, IKho")]
    [InlineData("void Freeze(System.IDisposable thing) { }", BindingErrorKind.ParameterType, "thing|IDisposable|Freeze|a class derived from LuoFile, ref a [PreservedState] struct, ref ulong serializedData, any other class, the class of an FLB's object, IKho")]
    [InlineData("void Freeze(params int[] numbers) { }", BindingErrorKind.ParameterType, "numbers|int[]|Freeze|a class derived from LuoFile, ref a [PreservedState] struct, ref ulong serializedData, any other class, the class of an FLB's object, IKho")]
    [InlineData("void Freeze(ref LiveUpdateFileOpArgs args) { }", BindingErrorKind.ParameterType, "args|LiveUpdateFileOpArgs|Freeze|a class derived from LuoFile, ref a [PreservedState] struct, ref ulong serializedData, any other class, the class of an FLB's object, IKho")]
    [InlineData("void Freeze(S? state) { }", BindingErrorKind.ParameterType, "state|S?|Freeze|a class derived from LuoFile, ref a [PreservedState] struct, ref ulong serializedData, any other class, the class of an FLB's object, IKho")]
    [InlineData("void Freeze(System.Action action) { }", BindingErrorKind.ParameterType, "action|Action|Freeze|a class derived from LuoFile, ref a [PreservedState] struct, ref ulong serializedData, any other class, the class of an FLB's object, IKho")]
    [InlineData("void Freeze(dynamic thing) { }", BindingErrorKind.ParameterType, "thing|dynamic|Freeze|a class derived from LuoFile, ref a [PreservedState] struct, ref ulong serializedData, any other class, the class of an FLB's object, IKho")]
    [InlineData("bool CanPreserve(F file, IKho kho) => true;", BindingErrorKind.ParameterNotOffered, "kho|IKho|CanPreserve|Kexec Handover|a class derived from LuoFile")]
    [InlineData("bool CanPreserve(System.IO.FileStream file) => true;", BindingErrorKind.ParameterNotOffered, "file|FileStream|CanPreserve|private data|a class derived from LuoFile")]
    [InlineData("void Freeze(RetrieveStatus status) { }", BindingErrorKind.ParameterNotOffered, "status|RetrieveStatus|Freeze|the retrieve status|a class derived from LuoFile, ref a [PreservedState] struct, ref ulong serializedData, any other class, the class of an FLB's object, IKho")]
    [InlineData("F Retrieve(P data) => null!;", BindingErrorKind.ParameterNotOffered, "data|P|Retrieve|private data|in a [PreservedState] struct, ulong serializedData, the class of an FLB's object, IncomingDependency of a file type, IKho, out a class derived from LuoFile")]
    [InlineData("void Finish(P data) { }", BindingErrorKind.ParameterNotOffered, "data|P|Finish|private data|a class derived from LuoFile, in a [PreservedState] struct, ulong serializedData, RetrieveStatus, IKho")]
    [InlineData("void Preserve(in IKho kho) { }", BindingErrorKind.ParameterRefKind, "kho|Preserve|in|by value")]
    [InlineData("void Preserve(S state) { }", BindingErrorKind.ParameterRefKind, "state|Preserve|by value|out")]
    [InlineData("F Retrieve(F file) => file;", BindingErrorKind.ParameterRefKind, "file|Retrieve|by value|out")]
    [InlineData("void Preserve(F first, F second) { }", BindingErrorKind.ParameterDuplicate, "second|first|Preserve|the file")]
    [InlineData("void Preserve(IKho first, IKho second) { }", BindingErrorKind.ParameterDuplicate, "second|first|Preserve|Kexec Handover")]
    [InlineData("void Unpreserve(G other) { }", BindingErrorKind.ParameterTypeDiffers, "other|G|Unpreserve|F|CanPreserve|the file")]
    [InlineData("G Retrieve() => null!;", BindingErrorKind.ParameterTypeDiffers, "return value|G|Retrieve|F|CanPreserve|the file")]
    [InlineData("void Finish(F file) { }", BindingErrorKind.FileNotNullable, "file|F|Finish")]
    [InlineData("bool CanFinish(F file) => true;", BindingErrorKind.FileNotNullable, "file|F|CanFinish")]
    [InlineData("void Preserve(out Managed state) => state = default;", BindingErrorKind.StateNotUnmanaged, "Managed|Preserve")]
    [InlineData("void Unpreserve(in S state) { }", BindingErrorKind.NotPreserved, "state|S|Unpreserve|the state")]
    [InlineData("void Unpreserve(P data) { }", BindingErrorKind.NotPreserved, "data|P|Unpreserve|private data")]
    [InlineData("void Unpreserve(ulong serializedData) { }", BindingErrorKind.NotPreserved, "serializedData|ulong|Unpreserve|the handle")]
    [InlineData("Errno Retrieve() => 0;", BindingErrorKind.RetrieveWithoutFile, "H")]
    [InlineData("F Retrieve(out F file) => file = null!;", BindingErrorKind.RetrieveFileTwice, "file|H")]
    [InlineData("void Freeze(Missing thing) { }", BindingErrorKind.Unresolved, "")]
    [InlineData("Missing Retrieve() => null!;", BindingErrorKind.Unresolved, "")]
    public void A_callback_that_LUO_could_not_call_is_rejected(string callback, object kind, string arguments)
    {
        HandlerBinding binding = BoundSource.BindCallbacks(callback);

        BindingError error = Assert.Single(binding.Errors);
        Assert.Equal((BindingErrorKind)kind, error.Kind);
        Assert.Equal(arguments, string.Join("|", error.Arguments));
        Assert.NotNull(error.Callback);
        Assert.True(error.Location.IsInSource);
    }

    [Theory]
    [InlineData("void Preserve(out S state) => state = default;", "void Unpreserve(in T state) { }", BindingErrorKind.ParameterTypeDiffers, "state|T|Unpreserve|S|Preserve|the state")]
    [InlineData("void Preserve(out P data) => data = new();", "void Unpreserve(Q data) { }", BindingErrorKind.ParameterTypeDiffers, "data|Q|Unpreserve|P|Preserve|private data")]
    [InlineData("void Preserve(out List<string?> data) => data = new();", "void Unpreserve(List<string> data) { }", BindingErrorKind.ParameterTypeDiffers, "data|List<string>|Unpreserve|List<string?>|Preserve|private data")]
    [InlineData("void Preserve(out S state) => state = default;", "void Freeze(S state) { }", BindingErrorKind.ParameterRefKind, "state|Freeze|by value|ref or in or ref readonly")]
    [InlineData("void Preserve(out S state) => state = default;", "void Unpreserve(ref S state) { }", BindingErrorKind.ParameterRefKind, "state|Unpreserve|ref|in or by value or ref readonly")]
    [InlineData("void Preserve(out ulong serializedData) => serializedData = 0;", "void Freeze(ulong serializedData) { }", BindingErrorKind.ParameterRefKind, "serializedData|Freeze|by value|ref or in")]
    [InlineData("void Preserve(out S state) => state = default;", "void Finish(ulong serializedData) { }", BindingErrorKind.StateWithSerializedData, "H|serializedData|Finish|S")]
    public void Callbacks_that_do_not_agree_are_rejected(string preserve, string other, object kind, string arguments)
    {
        HandlerBinding binding = BoundSource.BindCallbacks(preserve, other);

        BindingError error = Assert.Single(binding.Errors);
        Assert.Equal((BindingErrorKind)kind, error.Kind);
        Assert.Equal(arguments, string.Join("|", error.Arguments));
    }

    [Fact]
    public void An_error_is_where_the_mistake_is()
    {
        HandlerBinding binding = BoundSource.BindCallbacks("void Freeze(CancellationToken stop, int number) { }");

        Assert.Equal(
            ["stop", "number"],
            binding.Errors.Select(error => error.Location.SourceTree!.GetText(TestContext.Current.CancellationToken).ToString(error.Location.SourceSpan)));
    }

    [Fact]
    public void Callbacks_may_be_inherited_and_the_nearest_counts()
    {
        HandlerBinding binding = BoundSource.Bind(
            $"public class A {{ protected {string.Join("\nprotected ", BoundSource.Required.Values)} protected void Freeze() {{ }} private void Unfreeze() {{ }} }}\n"
            + Attribute + "public sealed partial class H : A { private new void Freeze() { } }");

        Assert.Empty(binding.Errors);
        Assert.Equal("H", binding.Handler.FindCallback(CallbackKind.Freeze)!.Method.ContainingType.Name);
        Assert.Equal("A", binding.Handler.FindCallback(CallbackKind.Finish)!.Method.ContainingType.Name);
        Assert.Null(binding.Handler.FindCallback(CallbackKind.Unfreeze));
    }

    [Fact]
    public void Members_of_a_callbacks_name_that_are_no_methods_are_none() => Assert.Empty(
        BoundSource.BindCallbacks("int Freeze => 1;", "public enum Unfreeze { }").Errors);

    [Fact]
    public void The_binder_accepts_the_class_with_its_generated_part()
    {
        Compilation output = new GeneratorRun(TestCompilation.Create(HandlerInput.Read("Memfd"))).Output;

        HandlerBinding binding = HandlerBinder.Bind(output.GetTypeByMetadataName("Sample.MemfdHandler")!, TestContext.Current.CancellationToken);

        Assert.Empty(binding.Errors);
    }

    [Fact]
    public void The_table_of_callbacks_is_the_runtimes()
    {
        Assert.Equal(
            Enum.GetNames<FileHandlerCallbacks>().Where(name => name is not (nameof(FileHandlerCallbacks.None) or nameof(FileHandlerCallbacks.Required))),
            CallbackDefinitions.All.Select(callback => callback.Name));
        foreach (CallbackDefinition callback in CallbackDefinitions.All)
        {
            Assert.Same(callback, CallbackDefinitions.Get(callback.Kind));
            Assert.Same(callback, CallbackDefinitions.Find(callback.Name));
            Assert.Equal(FileHandlerCallbacks.Required.HasFlag(Enum.Parse<FileHandlerCallbacks>(callback.Name)), callback.IsRequired);
            Assert.Equal(callback.Name.ToUpperInvariant(), callback.KernelName.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant());
        }
        Assert.Null(CallbackDefinitions.Find("preserve"));
    }

    [Fact]
    public void Well_known_names_are_those_of_real_types()
    {
        Compilation compilation = BoundSource.Compile("");

        foreach (System.Reflection.FieldInfo field in typeof(WellKnownTypeNames).GetFields())
        {
            var name = (string)field.GetValue(null)!;
            Assert.True((compilation.GetTypeByMetadataName(name) ?? compilation.GetTypeByMetadataName(name + "`1")) is not null, name);
        }
    }

    // The attribute goes to the class H, wherever it is.
    private static string AttributeOn(string declaration)
    {
        int name = System.Text.RegularExpressions.Regex.Match(declaration, @"\bH\b").Index;
        int start = Math.Max(declaration.LastIndexOf('{', name), -1) + 1;
        return declaration.Insert(start, " " + Attribute);
    }
}
