using LuoHandlers.CodeFixes;

namespace LuoHandlers.Analyzers.Tests.Rules;

public sealed class ConstructionAnalyzerTests
{
    [Theory]
    [InlineData("private {|LUO1011:DiskHandler|}() { }", "internal DiskHandler() { }")]
    [InlineData("{|LUO1011:DiskHandler|}() { }", "internal DiskHandler() { }")]
    [InlineData("// Why.\n    private {|LUO1011:DiskHandler|}(int number) => _ = number;", "// Why.\n    internal DiskHandler(int number) => _ = number;")]
    [InlineData("/* Why. */ {|LUO1011:DiskHandler|}() { }", "/* Why. */ internal DiskHandler() { }")]
    [InlineData("[System.Obsolete] private {|LUO1011:DiskHandler|}() { }", "[System.Obsolete] internal DiskHandler() { }")]
    [InlineData("private unsafe {|LUO1011:DiskHandler|}() { }", "internal unsafe DiskHandler() { }")]
    [InlineData("private {|LUO1011:DiskHandler|}() : this(1) { } private DiskHandler(int number) => _ = number;", "internal DiskHandler() : this(1) { } private DiskHandler(int number) => _ = number;")]
    // Objects of something else, and types of something else.
    [InlineData(
        "private {|LUO1011:DiskHandler|}() { } private static Pins Pins => new(); private static object Other => new Tape(); private static System.Type Type => typeof(Tape);",
        "internal DiskHandler() { } private static Pins Pins => new(); private static object Other => new Tape(); private static System.Type Type => typeof(Tape);")]
    // A constructor that takes the handler makes no first one.
    [InlineData(
        "public DiskHandler(DiskHandler other) => _ = other; private {|LUO1011:DiskHandler|}() { }",
        "public DiskHandler(DiskHandler other) => _ = other; internal DiskHandler() { }")]
    // The one that others could call.
    [InlineData(
        "private DiskHandler(Key key) => _ = key; private {|LUO1011:DiskHandler|}(int number) => _ = number; private sealed class Key { }",
        "private DiskHandler(Key key) => _ = key; internal DiskHandler(int number) => _ = number; private sealed class Key { }")]
    public Task The_constructor_is_made_internal(string members, string fixedMembers) =>
        VerifyAsync(HandlerSource.With(other: members), HandlerSource.With(other: fixedMembers));

    [Theory]
    [InlineData("public sealed partial record DiskHandler", "private {|LUO1011:DiskHandler|}() { }", "internal DiskHandler() { }")]
    [InlineData("public partial record DiskHandler", "private {|LUO1011:DiskHandler|}() { }", "internal DiskHandler() { }")]
    public Task A_copy_constructor_is_none(string declaration, string member, string fixedMember) =>
        VerifyAsync(HandlerSource.With(declaration: declaration, other: member), HandlerSource.With(declaration: declaration, other: fixedMember));

    [Fact]
    public async Task A_protected_constructor_of_a_sealed_class_is_private()
    {
        await VerifyAsync(
            HandlerSource.With(other: "protected {|LUO1011:DiskHandler|}() { }"), HandlerSource.With(other: "internal DiskHandler() { }"));
        await VerifyAsync(
            HandlerSource.With(other: "private protected {|LUO1011:DiskHandler|}() { }"), HandlerSource.With(other: "internal DiskHandler() { }"));
    }

    [Fact]
    public Task A_constructor_whose_parameter_nobody_can_name_is_not_fixed()
    {
        string source = HandlerSource.With(
            declaration: "public sealed partial class {|LUO1011:DiskHandler|}",
            other: "private DiskHandler(System.Collections.Generic.List<Key> keys) => _ = keys; private sealed class Key { }");
        return VerifyAsync(source, source);
    }

    [Theory]
    [InlineData("")]
    [InlineData("internal DiskHandler() { }")]
    [InlineData("public DiskHandler(int number) => _ = number;")]
    [InlineData("private DiskHandler() { } internal DiskHandler(int number) => _ = number;")]
    [InlineData("private DiskHandler() { } public static DiskHandler Instance { get; } = new();")]
    [InlineData("private DiskHandler() { } public static readonly DiskHandler Instance = new DiskHandler();")]
    [InlineData("private DiskHandler() { } public static DiskHandler Create() => new DiskHandler();")]
    [InlineData("private DiskHandler() { } public static System.Func<DiskHandler> Factory => () => new();")]
    [InlineData("private DiskHandler(int number) => _ = number; internal static class Factory { public static DiskHandler Create() => new(1); }")]
    [InlineData("private DiskHandler() { } internal sealed class Builder { internal struct Inner { public DiskHandler Build() => new(); } }")]
    [InlineData("private DiskHandler() { } public static object? Create() => System.Activator.CreateInstance(typeof(DiskHandler), nonPublic: true);")]
    [InlineData("private DiskHandler() { } public static DiskHandler Create() => Make<DiskHandler>(); private static T Make<T>() => throw null!;")]
    public Task Somebody_can_construct_it(string members)
    {
        string source = HandlerSource.With(other: members);
        return VerifyAsync(source, source);
    }

    [Theory]
    // For classes that derive from it, wherever they are.
    [InlineData("public partial class DiskHandler", "protected DiskHandler() { }")]
    [InlineData("public partial class DiskHandler", "private protected DiskHandler() { }")]
    [InlineData("public partial class DiskHandler", "protected internal DiskHandler() { }")]
    [InlineData("public partial class DiskHandler", "private DiskHandler() { } public sealed class Real : DiskHandler { }")]
    [InlineData("public partial class DiskHandler", "private DiskHandler() { } public static class Parts { public sealed class Real : DiskHandler { } }")]
    [InlineData("public sealed partial class DiskHandler(int number)", "private int _number = number;")]
    // What is wrong with these is something else.
    [InlineData("public abstract partial class DiskHandler", "private DiskHandler() { }")]
    public Task Classes_of_other_kinds(string declaration, string members)
    {
        string source = HandlerSource.With(declaration: declaration, other: members);
        return VerifyAsync(source, source);
    }

    [Fact]
    public Task Other_classes_may_have_private_constructors()
    {
        string source = HandlerSource.With() + "public sealed class Other { private Other() { } }";
        return VerifyAsync(source, source);
    }

    [Fact]
    public async Task A_part_that_somebody_else_generated_can_construct_it()
    {
        var test = new HandlerAnalyzerTest<ConstructionAnalyzer> { TestCode = HandlerSource.With(other: "private DiskHandler() { }") };
        test.TestState.Sources.Add(("Disk.g.cs", "// <auto-generated/>\npublic sealed partial class DiskHandler { public static DiskHandler Create() => new(); }"));
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Code_that_does_not_compile_may_construct_it()
    {
        string source = HandlerSource.With(other: "private DiskHandler() { } public static DiskHandler Create() => new {|CS1729:DiskHandler|}(1);");
        await new HandlerAnalyzerTest<ConstructionAnalyzer> { TestCode = source }.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task Fix_All_fixes_all() => VerifyAsync(
        Two("private {|LUO1011:First|}() { }", "private {|LUO1011:Second|}() { }"), Two("internal First() { }", "internal Second() { }"));

    private static string Two(string first, string second) => HandlerSource.Usings + HandlerSource.Types + $$"""
        [LiveUpdateFileHandler("first-v1")]
        public sealed partial class First : Base
        {
            {{first}}
        }

        [LiveUpdateFileHandler("second-v1")]
        public sealed partial class Second : Base
        {
            {{second}}
        }

        public abstract class Base
        {
            protected {{HandlerSource.CanPreserve}}
            protected {{HandlerSource.Preserve}}
            protected {{HandlerSource.Unpreserve}}
            protected {{HandlerSource.Retrieve}}
            protected {{HandlerSource.Finish}}
        }
        """;

    private static Task VerifyAsync(string source, string fixedSource) =>
        new AnalyzerCodeFixTest<ConstructionAnalyzer, VisibleConstructorCodeFixProvider> { TestCode = source, FixedCode = fixedSource }
            .RunAsync(TestContext.Current.CancellationToken);
}
