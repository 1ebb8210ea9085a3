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
            Config.QuickThrowOnFailure.WithMaxTest(400),
            Prop.ForAll(RandomHandler.Arbitrary, handler =>
            {
                if (Verify(handler.ToString()))
                    right++;
                else
                    wrong++;
            }));
        // Both sides were tried.
        Assert.True(right >= 10, $"Only {right} handlers were right.");
        Assert.True(wrong >= 10, $"Only {wrong} handlers were wrong.");
    }

    /// <summary>Whether our rules find no error; fails if the generator does not agree.</summary>
    private static bool Verify(string source)
    {
        var compilation = HandlerCompilation.Create(source);
        // The parts are chosen to compile, whatever our rules say of them: otherwise this would prove nothing.
        AssertNone(compilation.GetDiagnostics(TestContext.Current.CancellationToken), DiagnosticSeverity.Error, source);
        bool isRight = HandlerCompilation.AnalyzeAsync(compilation).GetAwaiter().GetResult().IsEmpty;
        Compilation generated = HandlerCompilation.Generate(compilation, out var handlers);
        var added = generated.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(diagnostic => diagnostic.Location.SourceTree is not { } tree || !compilation.SyntaxTrees.Contains(tree) || diagnostic.Severity == DiagnosticSeverity.Error);
        AssertNone(added, DiagnosticSeverity.Warning, source);
        if (isRight)
            Assert.True(handlers.Length == 1, $"Our rules find no error, but nothing was generated for:\n{source}");
        else
            Assert.True(handlers.IsEmpty, $"Our rules find an error, but code was generated for:\n{source}");
        // The analysis of the compilation with the generated code in it, as a compiler sees it, says the same.
        Assert.Equal(isRight, HandlerCompilation.AnalyzeAsync(generated).GetAwaiter().GetResult().IsEmpty);
        return isRight;
    }

    private static void AssertNone(IEnumerable<Diagnostic> diagnostics, DiagnosticSeverity from, string source)
    {
        var found = diagnostics.Where(diagnostic => diagnostic.Severity >= from).Select(diagnostic => diagnostic.ToString()).ToArray();
        Assert.True(found.Length == 0, $"{string.Join("\n", found)}\nin:\n{source}");
    }
}
