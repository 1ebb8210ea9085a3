using LuoHandlers.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>The fixes of LUO4xxx: one by one and all at once they lead to code without the diagnostic.</summary>
public sealed class FlowCodeFixTests
{
    [Theory]
    [InlineData("{|LUO4005:22|}", "-22")]
    [InlineData("{|LUO4005:(int)Errno.EIO|}", "-(int)Errno.EIO")]
    [InlineData("{|LUO4005:Failed|}", "-Failed")]
    [InlineData("{|LUO4005:Failed + 1|}", "-(Failed + 1)")]
    [InlineData("args.File is null ? {|LUO4005:1|} : {|LUO4005:2|}", "args.File is null ? -1 : -2")]
    public Task A_result_is_negated(string before, string after) =>
        VerifyAsync<ErrnoSignAnalyzer, TurnErrnoSignCodeFixProvider>(WithConstant(before), WithConstant(after));

    [Theory]
    [InlineData("{|LUO4005:(Errno)(-22)|}", "(Errno)22")]
    [InlineData("{|LUO4005:(Errno)(-(int)Errno.EIO)|}", "Errno.EIO")]
    [InlineData("{|LUO4005:(Errno)(-(int)error)|}", "error")]
    public Task An_errno_loses_its_minus(string before, string after) =>
        VerifyAsync<ErrnoSignAnalyzer, TurnErrnoSignCodeFixProvider>(WithErrno(before), WithErrno(after));

    [Fact]
    public Task A_number_that_is_no_errno_has_no_fix() =>
        VerifyAsync<ErrnoSignAnalyzer, TurnErrnoSignCodeFixProvider>(WithErrno("{|LUO4005:(Errno)5000|}"), WithErrno("{|LUO4005:(Errno)5000|}"));

    [Theory]
    [InlineData("Count = {|LUO4009:(uint)file.Size|}", "Count = checked((uint)file.Size)")]
    [InlineData("Count = {|LUO4009:(uint)file.Size|}, Segment = {|LUO4009:(ushort)file.Segment|}", "Count = checked((uint)file.Size), Segment = checked((ushort)file.Segment)")]
    public Task A_conversion_is_checked(string before, string after) =>
        VerifyAsync<NarrowedValueAnalyzer, CheckConversionCodeFixProvider>(WithState(before), WithState(after));

    [Fact]
    public Task A_shift_has_no_fix() => VerifyAsync<NarrowedValueAnalyzer, CheckConversionCodeFixProvider>(
        WithState("Size = (ulong)({|LUO4009:file.Segment << 16|})"), WithState("Size = (ulong)({|LUO4009:file.Segment << 16|})"));

    [Theory]
    [InlineData("{|LUO4015:session.TryPreserveFd(1, 2)|};", "session.PreserveFd(1, 2);")]
    [InlineData("{|LUO4015:session.TryFinish()|};", "session.Finish();")]
    [InlineData("{|LUO4015:kernel.Orchestrator.RegisterFileHandler(handler)|};", "kernel.RegisterFileHandler(handler);")]
    [InlineData("{|LUO4015:session.TryRetrieveFd(1, out _)|};", "{|LUO4015:session.TryRetrieveFd(1, out _)|};")]
    public Task What_throws_is_called(string before, string after) =>
        VerifyAsync<DiscardedResultAnalyzer, CallThrowingTwinCodeFixProvider>(WithAgent(before), WithAgent(after));

    [Theory]
    [InlineData("// Why.\n        var lease = {|LUO4014:kernel.GetIncomingFlb<Disk>(flb)|};", "// Why.\n        using var lease = kernel.GetIncomingFlb<Disk>(flb);")]
    [InlineData("{|LUO4014:kernel.GetIncomingFlb<Disk>(flb)|};", "{|LUO4014:kernel.GetIncomingFlb<Disk>(flb)|};")]
    public Task A_lease_is_disposed(string before, string after) =>
        VerifyAsync<LeaseAnalyzer, UseLeaseCodeFixProvider>(WithAgent(before), WithAgent(after));

    [Theory]
    [InlineData("void Finish(Disk file) => {|LUO4017:file|}.Lock();", "void Finish(Disk file) => file?.Lock();")]
    [InlineData("void Finish(Disk file) { {|LUO4017:file|}.Lock(); }", "void Finish(Disk file) { file?.Lock(); }")]
    [InlineData("void Finish(Disk file) { ulong size = {|LUO4017:file|}.Size; }", "void Finish(Disk file) { ulong size = {|LUO4017:file|}.Size; }")]
    public Task A_file_is_tested(string before, string after) => VerifyAsync<NullFileAnalyzer, TestFileForNullCodeFixProvider>(
        FlowSource.Plain(finish: before, nullable: "disable"), FlowSource.Plain(finish: after, nullable: "disable"));

    private static Task VerifyAsync<TAnalyzer, TFix>(string before, string after)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        var test = new AnalyzerCodeFixTest<TAnalyzer, TFix> { TestCode = before };
        if (before != after)
            test.FixedCode = after;
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static string WithConstant(string result) => OutcomeRulesTests.Raw(result).Replace(
        "private static int Result", "private const int Failed = 5; private static int Result", StringComparison.Ordinal);

    private static string WithErrno(string value) => FlowSource.Code($$"""
        public static class Errors { public static Errno Find(Errno error) => {{value}}; }
        """);

    private static string WithState(string values) =>
        FlowSource.Plain(preserve: $$"""void Preserve(Disk file, out DiskState state) => state = new DiskState { {{values}} };""");

    private static string WithAgent(string statement) => FlowSource.Code($$"""
        public static class Agent
        {
            public static void Run(LiveUpdateSession session, Kernel kernel, ILiveUpdateFileHandler handler, ILiveUpdateFlb flb)
            {
                {{statement}}
            }
        }
        """);
}
