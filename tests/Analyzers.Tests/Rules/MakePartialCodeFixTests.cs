using LuoHandlers.CodeFixes;
using Microsoft.CodeAnalysis.Testing;

namespace LuoHandlers.Analyzers.Tests.Rules;

public sealed class MakePartialCodeFixTests
{
    [Theory]
    [InlineData("public sealed class {|LUO1001:DiskHandler|}", "public sealed partial class DiskHandler")]
    [InlineData("class {|LUO1001:DiskHandler|}", "partial class DiskHandler")]
    [InlineData("// Why.\n/* What */ class {|LUO1001:DiskHandler|}", "// Why.\n/* What */ partial class DiskHandler")]
    [InlineData("public record {|LUO1001:DiskHandler|}", "public partial record DiskHandler")]
    public Task A_class_gets_the_modifier(string declaration, string fixedDeclaration) =>
        VerifyAsync(HandlerSource.With(declaration: declaration), HandlerSource.With(declaration: fixedDeclaration));

    [Fact]
    public Task The_types_around_it_get_it_too() => VerifyAsync(
        Around("public class {|LUO1001:Outer|} { public readonly struct {|LUO1001:Middle|} {", "public class {|LUO1001:DiskHandler|}", "} }"),
        Around("public partial class Outer { public readonly partial struct Middle {", "public partial class DiskHandler", "} }"));

    [Fact]
    public Task One_fix_is_enough_for_all_of_them()
    {
        HandlerCodeFixTest<MakePartialCodeFixProvider> test = Create(
            Around("public class {|LUO1001:Outer|} {", "public class {|LUO1001:DiskHandler|}", "}"),
            Around("public partial class Outer {", "public partial class DiskHandler", "}"));
        // The diagnostic of the outer class comes first, and its fix leaves the other one.
        test.NumberOfIncrementalIterations = 2;
        test.NumberOfFixAllIterations = 1;
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_title_names_what_becomes_partial()
    {
        List<string> titles = [];
        HandlerCodeFixTest<MakePartialCodeFixProvider> test = Create(
            Around("public class {|LUO1001:Outer|} {", "public class {|LUO1001:DiskHandler|}", "}"),
            Around("public partial class Outer {", "public partial class DiskHandler", "}"));
        test.CodeActionVerifier = (action, _) => titles.Add(action.Title);
        await test.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["Make 'Outer' partial", "Make 'DiskHandler' partial"], titles.Take(2));
    }

    [Fact]
    public Task Two_handlers_in_one_type_do_not_give_the_modifier_twice() => VerifyAsync(
        Two("public class {|#0:Outer|}"),
        Two("public partial class Outer"),
        new DiagnosticResult(BindingErrorDescriptors.Find(Generator.Binding.BindingErrorKind.NotPartial)!).WithLocation(0).WithArguments("Outer", "First"),
        new DiagnosticResult(BindingErrorDescriptors.Find(Generator.Binding.BindingErrorKind.NotPartial)!).WithLocation(0).WithArguments("Outer", "Second"));

    [Fact]
    public Task Fix_All_reaches_every_document_and_project()
    {
        HandlerCodeFixTest<MakePartialCodeFixProvider> test = Create(
            HandlerSource.With(declaration: "public class {|LUO1001:DiskHandler|}"), HandlerSource.With(declaration: "public partial class DiskHandler"));
        test.TestState.Sources.Add(Second("class {|LUO1001:SecondHandler|}"));
        test.FixedState.Sources.Add(Second("partial class SecondHandler"));
        AddLibrary(test.TestState, HandlerSource.With(declaration: "public class {|LUO1001:DiskHandler|}"));
        AddLibrary(test.FixedState, HandlerSource.With(declaration: "public partial class DiskHandler"));
        return test.RunAsync(TestContext.Current.CancellationToken);

        static string Second(string declaration) => HandlerSource.Usings + $$"""
            [LiveUpdateFileHandler("second-v1")]
            {{declaration}}
            {
                {{HandlerSource.CanPreserve}}
                {{HandlerSource.Preserve}}
                {{HandlerSource.Unpreserve}}
                {{HandlerSource.Retrieve}}
                {{HandlerSource.Finish}}
            }
            """;

        static void AddLibrary(SolutionState state, string source)
        {
            state.AdditionalProjects["Library"].Sources.Add(source);
            if (state.AdditionalProjects["Library"].AdditionalReferences.Count == 0)
                state.AdditionalProjects["Library"].AdditionalReferences.Add(typeof(LiveUpdateFileHandlerAttribute).Assembly);
        }
    }

    private static string Around(string start, string declaration, string end) => HandlerSource.Usings + HandlerSource.Types + $$"""
        {{start}}
        [LiveUpdateFileHandler("disk-v1")]
        {{declaration}}
        {
            {{HandlerSource.CanPreserve}}
            {{HandlerSource.Preserve}}
            {{HandlerSource.Unpreserve}}
            {{HandlerSource.Retrieve}}
            {{HandlerSource.Finish}}
        }
        {{end}}
        """;

    private static string Two(string outer) => HandlerSource.Usings + HandlerSource.Types + $$"""
        {{outer}}
        {
            [LiveUpdateFileHandler("first-v1")]
            public partial class First : Base { }

            [LiveUpdateFileHandler("second-v1")]
            public partial class Second : Base { }
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

    private static Task VerifyAsync(string source, string fixedSource, params DiagnosticResult[] expected)
    {
        HandlerCodeFixTest<MakePartialCodeFixProvider> test = Create(source, fixedSource);
        test.ExpectedDiagnostics.AddRange(expected);
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static HandlerCodeFixTest<MakePartialCodeFixProvider> Create(string source, string fixedSource) =>
        new() { TestCode = source, FixedCode = fixedSource };
}
