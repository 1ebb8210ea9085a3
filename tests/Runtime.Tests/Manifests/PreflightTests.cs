using LuoHandlers.Emulation;
using LuoHandlers.Manifests;
using LuoHandlers.Runtime.Tests.Doubles;
using LuoHandlers.Runtime.Tests.Manifests;

// What the generator writes for the handlers of a program that preserves; here they are doubles.
[assembly: LuoHandlers.LiveUpdateAbi(PreflightTests.File, LuoHandlers.LiveUpdateAbiKind.FileHandler, PreflightTests.Layout)]
[assembly: LuoHandlers.LiveUpdateAbi(PreflightTests.Shared, LuoHandlers.LiveUpdateAbiKind.Flb, "flb raw")]

namespace LuoHandlers.Runtime.Tests.Manifests;

/// <summary>What the next program could not take is known before anything is frozen.</summary>
public sealed class PreflightTests : IDisposable
{
    public const string File = "preflight-v1";
    public const string Shared = "preflight-shared-v1";
    public const string Layout = "constant Limit u32 64\nfield 0000 8 u64 Length\nfield 0008 4 u32 Kind\nfield 0012 4 u32 Reserved\nhandler memory 16\nvalue 0008 1 Kind.Plain";

    private readonly ProgramFolder _folder = new();
    private readonly Machine _machine = TestMachine.Create();
    private readonly Kernel _kernel;
    private readonly ScriptedHandler _handler = new(File);
    private readonly Agent _agent;

    public PreflightTests()
    {
        _kernel = _machine.Boot().With(_handler, new ScriptedHandler("by-hand-v1") { OnCanPreserve = file => file is PlainFile { Value: 99 } });
        _handler.OnCanPreserve = file => file is PlainFile { Value: < 99 };
        _kernel.RegisterFlb(_handler, new ScriptedFlb(Shared));
        _agent = new Agent(_kernel);
        int one = _agent.CreateSession("one");
        int two = _agent.CreateSession("two");
        Assert.Equal(0, _agent.Preserve(one, 1, _agent.Open(new PlainFile(1))));
        Assert.Equal(0, _agent.Preserve(two, 7, _agent.Open(new PlainFile(99))));
        Assert.Equal(0, _agent.Preserve(two, 8, _agent.Open(new PlainFile(8))));
    }

    public void Dispose()
    {
        _machine.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_program_that_takes_all_loses_nothing()
    {
        PreflightReport report = _kernel.Preflight(_folder.Create("Next", Accepted()));

        Assert.Empty(report.Losses);
        Assert.True(report.IsComplete);
    }

    [Fact]
    public void All_that_is_not_accepted_is_named_by_session_and_token()
    {
        PreflightReport report = _kernel.Preflight(_folder.Create("Next", ProgramFolder.Accept("by-hand-v1")));

        Assert.Equal(
            [
                (File, LiveUpdateAbiKind.FileHandler, "one", 1UL),
                (Shared, LiveUpdateAbiKind.Flb, "one", 1UL),
                (File, LiveUpdateAbiKind.FileHandler, "two", 8UL),
                (Shared, LiveUpdateAbiKind.Flb, "two", 8UL),
            ],
            report.Losses.Select(loss => (loss.Compatible, loss.Kind, loss.Session, loss.Token!.Value)));
        Assert.All(report.Losses, loss => Assert.Equal((PreflightLossKind.NotAccepted, null), (loss.Reason, loss.Difference)));
        Assert.Contains("token 8 in session \"two\"", report.Losses[2].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("field 0008 4 u32 Kind", "field 0008 4 s32 Kind")]
    [InlineData("field 0008 4 u32 Kind", "field 0008 8 u64 Kind")]
    [InlineData("memory 16", "memory 24")]
    [InlineData("u32 64", "u32 65")]
    [InlineData("handler memory", "semantics 1\nhandler memory")]
    public void The_same_string_with_other_bytes_is_a_loss(string before, string after)
    {
        PreflightReport report = _kernel.Preflight(_folder.Create("Next", Accepted(Layout.Replace(before, after, StringComparison.Ordinal))));

        Assert.Equal(["one", "two"], report.Losses.Select(loss => loss.Session));
        Assert.All(report.Losses, loss => Assert.Equal((PreflightLossKind.OtherLayout, File), (loss.Reason, loss.Compatible)));
        Assert.NotNull(report.Losses[0].Difference);
    }

    [Theory]
    [InlineData("Kind", "Type")]
    [InlineData("Limit", "Maximum")]
    [InlineData("value 0008 1 Kind.Plain", "value 0008 1 Kind.Plain\nvalue 0008 2 Kind.Colored")]
    [InlineData("handler memory 16", "handler memory 16\nretrieves preflight-v0")]
    public void Other_names_and_more_values_are_none(string before, string after) =>
        Assert.Empty(_kernel.Preflight(_folder.Create("Next", Accepted(Layout.Replace(before, after, StringComparison.Ordinal)))).Losses);

    [Fact]
    public void A_layout_that_is_not_known_is_none() => Assert.Empty(_kernel.Preflight(_folder.Create("Next", Accepted(""))).Losses);

    [Fact]
    public void What_is_not_known_is_said_and_is_no_loss()
    {
        _folder.Compile("Missing", "public class Missing { }");
        string program = _folder.Create("Next", ProgramFolder.Accept(File) + "class Program : Missing { }", "Missing");
        System.IO.File.Delete(_folder.GetPath("Missing.dll"));

        PreflightReport report = _kernel.Preflight(program);

        Assert.Empty(report.Losses);
        Assert.Equal(2, report.NotChecked.Count);
        Assert.False(report.IsComplete);
        Assert.All(report.NotChecked, reason => Assert.Contains("Missing", reason, StringComparison.Ordinal));
    }

    [Fact]
    public void A_program_without_a_manifest_is_not_checked()
    {
        PreflightReport report = _kernel.Preflight("/bin/sh");

        Assert.Empty(report.Losses);
        Assert.Contains("/bin/sh", Assert.Single(report.NotChecked), StringComparison.Ordinal);
    }

    [Fact]
    public void A_live_update_into_a_program_that_would_lose_something_is_refused_before_anything_is_frozen()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no exec here.");
        // If it was executed, it would fail, so that the test goes on in any case.
        string program = _folder.Create("Next", ProgramFolder.Accept("by-hand-v1"));
        System.IO.File.WriteAllText(program, "no program");
        if (OperatingSystem.IsLinux())
            System.IO.File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var events = _kernel.Record();

        var refusal = Assert.Throws<PreflightException>(() => _kernel.KexecProcess(new KexecProcessOptions { Program = program }));

        Assert.Equal(4, refusal.Report.Losses.Count);
        Assert.Contains($"\"{File}\" of token 1 in session \"one\"", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, _handler.Count(Handlers.FileHandlerCallbacks.Freeze));
        Assert.Equal(refusal.Report, Assert.Single(events.OfType<PreflightEvent>()).Report);
        Assert.Equal(2, _kernel.Orchestrator.OutgoingSessionCount);

        // Without it, the update is begun: the program can't be executed, and all is thawed.
        var failure = Assert.Throws<ErrnoException>(() => _kernel.KexecProcess(new KexecProcessOptions { Program = program, Preflight = false }));
        Assert.Equal(Errno.ENOEXEC, failure.Errno);
        Assert.Equal(2, _handler.Count(Handlers.FileHandlerCallbacks.Freeze));
    }

    private static string Accepted(string layout = Layout) =>
        ProgramFolder.Accept(File, layout) + ProgramFolder.Accept(Shared, "flb raw", LiveUpdateAbiKind.Flb) + ProgramFolder.Accept("by-hand-v1");
}
