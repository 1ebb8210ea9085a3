using LuoHandlers.CodeFixes;

namespace LuoHandlers.Analyzers.Tests.Rules;

public sealed class SealedHandlerAnalyzerTests
{
    [Theory]
    [InlineData("public partial class {|LUO1010:DiskHandler|}", "public sealed partial class DiskHandler")]
    [InlineData("partial class {|LUO1010:DiskHandler|}", "sealed partial class DiskHandler")]
    [InlineData("// Why.\n/* What */ partial class {|LUO1010:DiskHandler|}", "// Why.\n/* What */ sealed partial class DiskHandler")]
    [InlineData("public unsafe partial record {|LUO1010:DiskHandler|}", "public sealed unsafe partial record DiskHandler")]
    public Task LUO1010_a_class_is_sealed_by_the_fix(string declaration, string fixedDeclaration) =>
        VerifyAsync(HandlerSource.With(declaration: declaration), HandlerSource.With(declaration: fixedDeclaration));

    [Fact]
    public Task Fix_All_seals_all() => VerifyAsync(
        Two("public partial class {|LUO1010:First|} : Base", "partial class {|LUO1010:Second|} : Base"),
        Two("public sealed partial class First : Base", "sealed partial class Second : Base"));

    [Theory]
    [InlineData("public sealed partial class DiskHandler", "")]
    [InlineData("public partial class DiskHandler", "protected int Number => 1;")]
    [InlineData("public partial class DiskHandler", "public virtual int Number => 1;")]
    [InlineData("public abstract partial class DiskHandler", "")]
    public Task Right(string declaration, string member)
    {
        string source = HandlerSource.With(declaration: declaration, other: member);
        return VerifyAsync(source, source);
    }

    [Fact]
    public Task A_class_that_another_derives_from_is_right()
    {
        string source = HandlerSource.With(declaration: "public partial class DiskHandler") + "public sealed class Derived : DiskHandler { }";
        return VerifyAsync(source, source);
    }

    private static string Two(string first, string second) => HandlerSource.Usings + HandlerSource.Types + $$"""
        [LiveUpdateFileHandler("first-v1")]
        {{first}} { }

        [LiveUpdateFileHandler("second-v1")]
        {{second}} { }

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
        new AnalyzerCodeFixTest<SealedHandlerAnalyzer, SealHandlerCodeFixProvider> { TestCode = source, FixedCode = fixedSource }
            .RunAsync(TestContext.Current.CancellationToken);
}
