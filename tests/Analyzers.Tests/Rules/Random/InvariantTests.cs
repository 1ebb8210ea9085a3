using System.Collections.Immutable;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>
/// The promise to authors: when our rules find no error in a handler, code is generated for it, and it compiles; when they find one, nothing
/// is generated. Never an error without a reason, never silence without a handler. A typed session that is wrong has properties that throw, if
/// its class can have them: without them the compiler says that they are missing, and nothing of what is wrong.
/// </summary>
public sealed class InvariantTests
{
    // A token property has no other part, and IDisposable no Dispose, before there is generated code, nor after it if the session is rejected.
    private static readonly string[] WithoutDispose = ["CS0535", "CS0540"];

    private static readonly string[] UntilGenerated = [.. WithoutDispose, "CS0751", "CS9248"];

    [Fact]
    public void A_handler_without_errors_is_generated_and_compiles_and_one_with_errors_is_not() => VerifyMany(RandomHandler.Arbitrary, 200);

    [Fact]
    public void So_is_a_typed_session() => VerifyMany(RandomSession.Arbitrary, 100);

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

    private static void VerifyMany<T>(Arbitrary<T> sources, int count)
        where T : notnull
    {
        int right = 0;
        int wrong = 0;
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(count),
            Prop.ForAll(sources, source =>
            {
                if (Verify(source.ToString()!))
                    right++;
                else
                    wrong++;
            }));
        // Both sides were tried.
        Assert.True(right >= count / 5, $"Only {right} were right.");
        Assert.True(wrong >= count / 5, $"Only {wrong} were wrong.");
    }

    /// <summary>Whether our rules find no error; fails if the generator does not agree, for each class that it is to complete.</summary>
    private static bool Verify(string source)
    {
        var compilation = HandlerCompilation.Create(source);
        // The parts are chosen to compile, whatever our rules say of them: otherwise this would prove nothing.
        AssertNone(compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => !UntilGenerated.Contains(diagnostic.Id)), DiagnosticSeverity.Error, source);
        var rejected = FindRejected(compilation, compilation);
        Compilation generated = HandlerCompilation.Generate(compilation, out _);
        var completed = FindCompleted(compilation, generated).ToImmutableArray();
        Assert.NotEmpty(completed);
        foreach ((string type, bool isSession, bool isCompleted) in completed)
        {
            if (rejected.Contains(type) && isSession)
                continue;
            if (rejected.Contains(type))
                Assert.False(isCompleted, $"Our rules find an error in '{type}', but code was generated for:\n{source}");
            else
                Assert.True(isCompleted, $"Our rules find no error in '{type}', but nothing was generated for:\n{source}");
        }
        var added = generated.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(diagnostic => diagnostic.Location.SourceTree is not { } tree || !compilation.SyntaxTrees.Contains(tree) || diagnostic.Severity == DiagnosticSeverity.Error)
            .Where(diagnostic => !UntilGenerated.Contains(diagnostic.Id) || !rejected.Contains(FindOutermost(diagnostic)) || !IsExpected(diagnostic));
        AssertNone(added, DiagnosticSeverity.Warning, source);
        // The analysis of the compilation with the generated code in it, as a compiler sees it, says the same.
        Assert.Equal(rejected, FindRejected(generated, compilation));
        return rejected.IsEmpty;

        // An indexer with a token has no place in a session at all.
        bool IsExpected(Diagnostic diagnostic) => WithoutDispose.Contains(diagnostic.Id)
            || diagnostic.GetMessage(CultureInfo.InvariantCulture).Contains("this[", StringComparison.Ordinal)
            || completed.Any(each => each.Type == FindOutermost(diagnostic) && !each.IsCompleted);
    }

    /// <summary>The types, not nested, in which our rules find a reason for the generator to write nothing.</summary>
    private static ImmutableSortedSet<string> FindRejected(Compilation analyzed, Compilation sources)
    {
        var rejections = HandlerCompilation.FindRejectionsAsync(analyzed).GetAwaiter().GetResult();
        Assert.All(rejections, rejection => Assert.Contains(rejection.Location.SourceTree, sources.SyntaxTrees));
        return [.. rejections.Select(FindOutermost)];
    }

    private static string FindOutermost(Diagnostic diagnostic) => FindOutermost(diagnostic.Location.SourceTree!.GetRoot().FindNode(diagnostic.Location.SourceSpan));

    private static string FindOutermost(SyntaxNode node) => node.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().Last().Identifier.ValueText;

    /// <summary>The outermost type of each class with an attribute of ours, and whether a part of the class was generated.</summary>
    private static IEnumerable<(string Type, bool IsSession, bool IsCompleted)> FindCompleted(Compilation sources, Compilation generated)
    {
        foreach (SyntaxTree tree in sources.SyntaxTrees)
        {
            SemanticModel model = generated.GetSemanticModel(tree);
            foreach (TypeDeclarationSyntax declaration in tree.GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>())
            {
                var type = (INamedTypeSymbol)model.GetDeclaredSymbol(declaration)!;
                var attributes = type.GetAttributes().Select(attribute => attribute.AttributeClass?.Name).ToImmutableArray();
                bool isSession = attributes.Contains(nameof(LiveUpdateSessionAttribute));
                if (isSession || attributes.Contains(nameof(LiveUpdateFileHandlerAttribute)) || attributes.Contains(nameof(LiveUpdateFlbAttribute)))
                    yield return (FindOutermost(declaration), isSession, type.DeclaringSyntaxReferences.Any(part => part.SyntaxTree != tree));
            }
        }
    }

    private static void AssertNone(IEnumerable<Diagnostic> diagnostics, DiagnosticSeverity from, string source)
    {
        var found = diagnostics.Where(diagnostic => diagnostic.Severity >= from).Select(diagnostic => diagnostic.ToString()).ToArray();
        Assert.True(found.Length == 0, $"{string.Join("\n", found)}\nin:\n{source}");
    }
}
