using Microsoft.CodeAnalysis;

namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO6007: somebody asks for each FLB.</summary>
public sealed class FlbUseAnalyzerTests
{
    private const string Retrieve = "Disk Retrieve(Bus bus, in DiskState state) => new();";

    [Theory]
    [InlineData("", OutputKind.ConsoleApplication)]
    [InlineData("class Driver { ulong Bind(Kernel kernel) { using var lease = BusFlb.GetOutgoing(kernel); return 1; } }", OutputKind.ConsoleApplication)]
    [InlineData("class Driver { string GetIncoming() => GetIncoming(); }", OutputKind.ConsoleApplication)]
    public Task LUO6007_nobody_asks(string other, OutputKind kind) => VerifyAsync("{|LUO6007:UsesFlb<BusFlb>|}", HandlerSource.Retrieve, other, kind);

    [Fact]
    public Task LUO6007_an_internal_one_of_a_library() =>
        VerifyAsync("{|LUO6007:UsesFlb<BusFlb>|}", HandlerSource.Retrieve, "", OutputKind.DynamicallyLinkedLibrary, "internal sealed partial class BusFlb");

    [Fact]
    public Task A_public_one_of_a_library_may_be_asked_for_elsewhere() =>
        VerifyAsync("UsesFlb<BusFlb>", HandlerSource.Retrieve, "", OutputKind.DynamicallyLinkedLibrary);

    [Fact]
    public Task A_Retrieve_that_takes_the_object_asks() => VerifyAsync("UsesFlb<BusFlb>", Retrieve, "");

    [Theory]
    [InlineData("class Driver { void Bind(Kernel kernel) { using var lease = BusFlb.GetIncoming(kernel); } }")]
    [InlineData("class Driver { void Bind(Kernel kernel, BusFlb flb) { using var lease = kernel.GetIncomingFlb(flb); } }")]
    [InlineData("class Driver { void Bind(Kernel kernel, ILiveUpdateFlb flb) => kernel.Orchestrator.GetIncomingFlb(flb, out _); }")]
    [InlineData("class Driver { public readonly System.Func<Kernel, System.IDisposable> Open = BusFlb.GetIncoming; }")]
    public Task A_driver_asks(string driver) => VerifyAsync("UsesFlb<BusFlb>", HandlerSource.Retrieve, driver);

    [Fact]
    public Task LUO6007_is_said_once() => VerifyAsync(
        "{|LUO6007:UsesFlb<BusFlb>|}",
        HandlerSource.Retrieve,
        Handler("[LiveUpdateFileHandler(\"other-v1\"), UsesFlb<BusFlb>]", "OtherHandler", HandlerSource.Retrieve));

    [Fact]
    public Task One_handler_s_question_is_enough() => VerifyAsync(
        "UsesFlb<BusFlb>", HandlerSource.Retrieve, Handler("[LiveUpdateFileHandler(\"other-v1\"), UsesFlb<BusFlb>]", "OtherHandler", Retrieve));

    private static string Handler(string attributes, string name, string retrieve) => $$"""
        {{attributes}}
        public sealed partial class {{name}}
        {
            {{HandlerSource.CanPreserve}}
            {{HandlerSource.Preserve}}
            {{HandlerSource.Unpreserve}}
            {{retrieve}}
            {{HandlerSource.Finish}}
        }

        """;

    private static Task VerifyAsync(
        string usesFlb, string retrieve, string other, OutputKind kind = OutputKind.ConsoleApplication, string declaration = "public sealed partial class BusFlb")
    {
        HandlerAnalyzerTest<FlbUseAnalyzer> test = new()
        {
            TestState = { OutputKind = kind },
            TestCode = "using LuoHandlers.Emulation;\n" + FlbSource.With(declaration: declaration)
                + Handler($"[LiveUpdateFileHandler(\"disk-v1\"), {usesFlb}]", "DiskHandler", retrieve) + other
                + (kind == OutputKind.ConsoleApplication ? "\nstatic class Program { static void Main() { } }" : ""),
        };
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
