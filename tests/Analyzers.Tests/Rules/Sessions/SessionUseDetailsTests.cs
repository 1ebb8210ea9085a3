namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO5003 to LUO5006 in detail: which calls surely come one after the other, on one session or device.</summary>
public sealed class SessionUseDetailsTests
{
    [Theory]
    [InlineData("""var s = device.CreateSession("vm"); _ = s.Descriptor; device.CreateSession({|LUO5005:"vm"|});""")]
    [InlineData("""_ = device.CreateSession("other"); device.CreateSession("vm"); device.CreateSession({|LUO5005:"vm"|});""")]
    [InlineData("""LiveUpdateSession s; s = device.CreateSession("vm"); s.Dispose(); device.CreateSession("vm");""")]
    [InlineData("""LiveUpdateSession? s = device.CreateSession("vm"); device.TryCreateSession("other", out s); device.CreateSession("vm");""")]
    [InlineData("""device.CreateSession("vm"); device = other; device.CreateSession("vm");""")]
    [InlineData("""device.TryCreateSession("vm", out _); device.CreateSession("vm");""")]
    [InlineData("""device.CreateSession("vm"); other.CreateSession("vm");""")]
    [InlineData("""device.CreateSession("vm"); device.RetrieveSession("vm");""")]
    public Task Sessions_of_one_name(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("""session.PreserveFd(1, 3); System.Action later = () => { session.PreserveFd(1, 4); }; later();""")]
    [InlineData("""System.Action later = () => session.PreserveFd(1, 3); session.PreserveFd(1, 4); later();""")]
    [InlineData("""int Add(int descriptor) { session.PreserveFd(1, descriptor); return 1; } session.PreserveFd(1, Add(3));""")]
    [InlineData("""session.PreserveFd((ulong)1, 3); session!.PreserveFd({|LUO5003:1|}, 4);""")]
    [InlineData("""_ = device ?? throw new System.InvalidOperationException(); (session).PreserveFd(1, 3); (session).PreserveFd({|LUO5003:1|}, 4);""")]
    public Task Tokens_of_one_session(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("""new VmSession().Preserve("");""")]
    [InlineData("""VmSession.Retrieve("");""")]
    [InlineData("""new VmSession().Preserve(1, "");""")]
    [InlineData("""device.CreateSession({|LUO5004:"\0"|});""")]
    [InlineData("""session.Named("");""")]
    public Task Names(string body) => VerifyAsync(body);

    private static Task VerifyAsync(string body) => new HandlerAnalyzerTest<SessionUseAnalyzer>
    {
        TestCode = $$"""
            using LuoHandlers.Emulation;
            using LuoHandlers.Uapi;
            {{HandlerSource.Usings}}{{HandlerSource.Types}}
            [LiveUpdateSession]
            public partial class VmSession
            {
                public void Preserve(string name) => _ = name;
                [System.CodeDom.Compiler.GeneratedCode("Other", "1")] public void Preserve(int number, string name) => _ = name + number;
                public static void Retrieve(string name) => _ = name;
            }

            public static class Extensions { public static void Named(this LiveUpdateSession session, string name) => _ = name; }

            public class Agent
            {
                public void Run(LiveUpdateDevice device, LiveUpdateDevice other, LiveUpdateSession session)
                {
                    {{body}}
                }
            }
            """,
    }.RunAsync(TestContext.Current.CancellationToken);
}
