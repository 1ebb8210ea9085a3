using FsCheck;
using FsCheck.Fluent;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>
/// The promise to authors: when our rules find no error in a handler, code is generated for it, and it compiles; when they find one, nothing
/// is generated. Never an error without a reason, never silence without a handler.
/// </summary>
public sealed class InvariantTests
{
    [Fact]
    public void A_handler_without_errors_is_generated_and_compiles_and_one_with_errors_is_not()
    {
        int right = 0;
        int wrong = 0;
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(200),
            Prop.ForAll(RandomHandler.Arbitrary, handler =>
            {
                if (Verify(handler.ToString()))
                    right++;
                else
                    wrong++;
            }));
        // Both sides were tried.
        Assert.True(right >= 40, $"Only {right} handlers were right.");
        Assert.True(wrong >= 40, $"Only {wrong} handlers were wrong.");
    }

    /// <summary>Handlers that are unusual in one way, and whether they are right.</summary>
    public static TheoryData<string, bool> Unusual => new()
    {
        { HandlerSource.With(declaration: "[System.Obsolete] public partial class DiskHandler"), true },
        { HandlerSource.With(declaration: "public partial class DiskHandler : Tape2") + "public class Tape2 { private void Finish(int number) { } }", true },
        { HandlerSource.With(other: "private sealed class Kernel { } private string LuoHandlers => \"\"; private int System;"), true },
        { HandlerSource.With(other: "[System.Obsolete] void Unfreeze() { }"), true },
        { HandlerSource.With(other: "public required int Number { get; init; }"), true },
        { HandlerSource.With(other: "public DiskHandler(int number, string text = \"\") => _ = number + text;"), true },
        { HandlerSource.With(other: "private DiskHandler() { }"), true },
        { HandlerSource.With(other: "partial void Unfreeze(); partial void Unfreeze() { }"), true },
        { HandlerSource.With(other: "void Unfreeze(Disk? file = null) { }"), true },
        { HandlerSource.With(other: "[System.Diagnostics.Conditional(\"DEBUG\")] void Unfreeze() { }"), true },
        { HandlerSource.With(other: "protected virtual void Unfreeze() { }", declaration: "public partial class DiskHandler"), true },
        { HandlerSource.With(other: "void Unfreeze(string text) { }"), false },
        { HandlerSource.With(other: "void Unfreeze(object anything) { }"), false },
        { HandlerSource.With(declaration: "public partial class DiskHandler : DiskHandlerBase") + "public class DiskHandlerBase { public virtual void Unfreeze() { } }", true },
        { HandlerSource.With(other: "ref int Unfreeze() => throw null!;"), false },
        { HandlerSource.With(other: "void Unfreeze(System.Action action) { }"), false },
        { HandlerSource.With(other: "void Unfreeze(System.Span<byte> bytes) { }"), false },
        { HandlerSource.With(other: "void Unfreeze(nint number) { }"), false },
        { With("struct Inner { public ulong Number; }", "[PreservedState] private"), true },
        { With("struct Inner { public byte Byte; public Part Rest; public struct Part { public short Short; } }", "[PreservedState] protected internal"), true },
        { With("struct Inner<T> where T : unmanaged { public T Number; }", "[PreservedState] private", "<int>"), true },
        { With("record struct Inner(ulong Number);", "[PreservedState] private readonly"), true },
        { With("struct Inner { public string Text; }", "[PreservedState] private"), false },
        { With("struct Inner { public ulong Number; }", "private"), false },
        { With("enum Inner { None }", "private"), false },
        { With("ref struct Inner { public ulong Number; }", "[PreservedState] private"), false },
        { Around("public static partial class Outer"), true },
        { Around("public readonly partial struct Outer"), true },
        { Around("public ref partial struct Outer"), true },
        { Around("public abstract partial class Outer"), true },
        { Around("public sealed partial record class Outer(int Number)"), true },
        { Around("[System.Obsolete] public partial class Outer"), true },
        { Around("public partial class Outer : System.Collections.Generic.List<int>"), true },
        { Around("public partial class DiskHandler2"), true },
    };

    [Theory]
    [MemberData(nameof(Unusual))]
    public void Unusual_handlers_are_no_exception(string source, bool isRight) => Assert.Equal(isRight, Verify(source));

    /// <summary>A handler whose state is this type in it.</summary>
    private static string With(string type, string modifiers, string arguments = "") => HandlerSource.With(
        preserve: $"void Preserve(Disk file, out Inner{arguments} state) => state = default;",
        unpreserve: $"void Unpreserve(in Inner{arguments} state) {{ }}",
        retrieve: $"Disk Retrieve(in Inner{arguments} state) => new();",
        finish: $"void Finish(in Inner{arguments} state) {{ }}",
        other: $"{modifiers} {type}");

    private static string Around(string outer)
    {
        string handler = HandlerSource.With(attribute: "LiveUpdateFileHandler(\"disk-v1\")");
        int start = handler.IndexOf("[LiveUpdateFileHandler", StringComparison.Ordinal);
        return $"{handler[..start]}{outer}\n{{\n{handler[start..]}}}\n";
    }

    /// <summary>Whether our rules find no error; fails if the generator does not agree.</summary>
    private static bool Verify(string source)
    {
        var compilation = HandlerCompilation.Create(source);
        // The parts are chosen to compile, whatever our rules say of them: otherwise this would prove nothing.
        AssertNone(compilation.GetDiagnostics(TestContext.Current.CancellationToken), DiagnosticSeverity.Error, source);
        bool isRight = HandlerCompilation.FindRejectionsAsync(compilation).GetAwaiter().GetResult().IsEmpty;
        Compilation generated = HandlerCompilation.Generate(compilation, out var handlers);
        var added = generated.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(diagnostic => diagnostic.Location.SourceTree is not { } tree || !compilation.SyntaxTrees.Contains(tree) || diagnostic.Severity == DiagnosticSeverity.Error);
        AssertNone(added, DiagnosticSeverity.Warning, source);
        if (isRight)
            Assert.True(handlers.Length == 1, $"Our rules find no error, but nothing was generated for:\n{source}");
        else
            Assert.True(handlers.IsEmpty, $"Our rules find an error, but code was generated for:\n{source}");
        // The analysis of the compilation with the generated code in it, as a compiler sees it, says the same.
        Assert.Equal(isRight, HandlerCompilation.FindRejectionsAsync(generated).GetAwaiter().GetResult().IsEmpty);
        return isRight;
    }

    private static void AssertNone(IEnumerable<Diagnostic> diagnostics, DiagnosticSeverity from, string source)
    {
        var found = diagnostics.Where(diagnostic => diagnostic.Severity >= from).Select(diagnostic => diagnostic.ToString()).ToArray();
        Assert.True(found.Length == 0, $"{string.Join("\n", found)}\nin:\n{source}");
    }
}
