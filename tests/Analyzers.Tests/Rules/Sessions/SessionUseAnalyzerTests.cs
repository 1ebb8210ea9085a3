namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>What a method shows of the use of sessions: what LUO would surely refuse is reported, and nothing else.</summary>
public sealed class SessionUseAnalyzerTests
{
    [Theory]
    [InlineData("""var s = device.CreateSession("vm"); s.PreserveFile(1, a); s.PreserveFile({|LUO5003:1|}, b);""")]
    [InlineData("""var s = device.CreateSession("vm"); s.PreserveFd(One, 3); if (flag) { s.TryPreserveFd({|LUO5003:1|}, 4); }""")]
    [InlineData("""session.PreserveFd(1, 3); foreach (var x in new[] { 1 }) session.PreserveFd(token: {|LUO5003:One|}, descriptor: x);""")]
    [InlineData("""SessionFiles.PreserveFile(session, 1, a); session.PreserveFile({|LUO5003:1|}, b); session.PreserveFile(2, b);""")]
    [InlineData("""void Local() { session.PreserveFd(1, 3); session.PreserveFd({|LUO5003:1|}, 4); } Local();""")]
    public Task LUO5003_repeated_tokens(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("""session.PreserveFd(1, 3); session.PreserveFd(2, 4);""")]
    [InlineData("""session.PreserveFd(1, 3); other.PreserveFd(1, 4);""")]
    [InlineData("""if (flag) session.PreserveFd(1, 3); else session.PreserveFd(1, 4);""")]
    [InlineData("""if (flag) session.PreserveFd(1, 3); session.PreserveFd(1, 4);""")]
    [InlineData("""try { session.PreserveFd(1, 3); } catch (ErrnoException) { session.PreserveFd(1, 4); }""")]
    [InlineData("""session.PreserveFd(1, 3); session = other; session.PreserveFd(1, 4);""")]
    [InlineData("""if (session.TryPreserveFd(1, 3) != Errno.None) session.PreserveFd(1, 4);""")]
    [InlineData("""switch (number) { case 1: session.PreserveFd(1, 3); break; default: session.PreserveFd(1, 4); break; }""")]
    [InlineData("""session.PreserveFd((ulong)number, 3); session.PreserveFd((ulong)number, 4);""")]
    [InlineData("""System.Action first = () => { session.PreserveFd(1, 3); }; System.Action second = () => { session.PreserveFd(1, 4); }; first(); second();""")]
    [InlineData("""if (flag) goto End; session.PreserveFd(1, 3); return; End: session.PreserveFd(1, 4);""")]
    [InlineData("""if (other.TryFinish() == Errno.None) return; other.RetrieveFd(1); other.RetrieveFd(1);""")]
    public Task Near_misses_of_LUO5003(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("""device.CreateSession({|LUO5004:""|});""")]
    [InlineData("""device.TryRetrieveSession({|LUO5004:"a\0b"|}, out _);""")]
    [InlineData("""device.CreateSession({|LUO5004:"0123456789012345678901234567890123456789012345678901234567890123"|});""")]
    [InlineData("""device.CreateSession({|LUO5004:"\u00e4123456789012345678901234567890123456789012345678901234567890" + "12"|});""")]
    [InlineData("""new VmSession().Preserve(device, {|LUO5004:""|}); VmSession.Retrieve(device, name: {|LUO5004:""|});""")]
    public Task LUO5004_names(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("""device.CreateSession("012345678901234567890123456789012345678901234567890123456789012");""")]
    [InlineData("""device.CreateSession(device.ToString()!);""")]
    [InlineData("""new Naming().CreateSession("");""")]
    public Task Near_misses_of_LUO5004(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("""device.CreateSession("vm"); device.CreateSession({|LUO5005:"vm"|});""")]
    [InlineData("""using var s = device.CreateSession("vm"); s.PreserveFile(1, a); if (flag) { using var t = device.CreateSession({|LUO5005:"v" + "m"|}); }""")]
    [InlineData("""using (var s = device.CreateSession("vm")) { device.TryCreateSession({|LUO5005:"vm"|}, out _); }""")]
    [InlineData("""using var s = new VmSession(); s.Preserve(device, "vm"); using var t = new VmSession(); t.Preserve(device, {|LUO5005:"vm"|});""")]
    [InlineData("""using var s = new VmSession(); s.Preserve(device, "vm"); using var t = device.CreateSession({|LUO5005:"vm"|});""")]
    [InlineData("""using var s = device.CreateSession("vm"); using var t = new VmSession(); if (flag) { t.Preserve(device, {|LUO5005:"vm"|}); }""")]
    public Task LUO5005_created_twice(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("""using (var s = device.CreateSession("vm")) { } using (var t = device.CreateSession("vm")) { }""")]
    [InlineData("""var s = device.CreateSession("vm"); s.Dispose(); device.CreateSession("vm");""")]
    [InlineData("""var s = device.CreateSession("vm"); Close(s); device.CreateSession("vm");""")]
    [InlineData("""using var s = device.CreateSession("vm"); using var t = device.RetrieveSession("vm");""")]
    [InlineData("""using var s = device.CreateSession("vm"); using var t = device.CreateSession("Vm");""")]
    [InlineData("""{ using var s = device.CreateSession("vm"); } using var t = device.CreateSession("vm");""")]
    [InlineData("""if (flag) { device.CreateSession("vm"); } else { device.CreateSession("vm"); }""")]
    [InlineData("""using (var s = new VmSession()) { s.Preserve(device, "vm"); } using var t = device.CreateSession("vm");""")]
    [InlineData("""var s = new VmSession(); s.Preserve(device, "vm"); s.Dispose(); using var t = device.CreateSession("vm");""")]
    [InlineData("""new VmSession().Preserve(device, "vm"); using var t = device.CreateSession("vm");""")]
    [InlineData("""using var s = new VmSession(); s.Preserve(device, "vm"); using var t = VmSession.Retrieve(device, "vm");""")]
    public Task Near_misses_of_LUO5005(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("""using var s = device.RetrieveSession("vm"); {|LUO5006:s.PreserveFd(1, 3)|};""")]
    [InlineData("""using var s = device.RetrieveSession("vm"); {|LUO5006:s.PreserveFile(1, a)|};""")]
    [InlineData("""using (var s = device.CreateSession("vm")) { {|LUO5006:s.Finish()|}; }""")]
    [InlineData("""var s = device.CreateSession("vm"); System.Action later = () => {|LUO5006:s.TryFinish()|}; later();""")]
    [InlineData("""{|LUO5006:device.CreateSession("vm").RetrieveFd(1)|};""")]
    [InlineData("""if (device.TryCreateSession("vm", out var s) != Errno.None || s is null) return; {|LUO5006:s.Finish()|};""")]
    [InlineData("""_ = device.TryRetrieveSession("vm", out LiveUpdateSession? s); {|LUO5006:s!.PreserveFd(1, 3)|};""")]
    [InlineData("""var s = device.CreateSession("vm"); _ = {|LUO5006:s.RetrieveFile<Disk>(1)|};""")]
    [InlineData("""using var s = VmSession.Retrieve(device, "vm"); {|LUO5006:s.Preserve(device, "next")|};""")]
    [InlineData("""using var s = new VmSession(); s.Preserve(device, "vm"); {|LUO5006:s.Finish()|};""")]
    [InlineData("""using (VmSession s = new()) { if (flag) {|LUO5006:s.Finish()|}; }""")]
    public Task LUO5006_wrong_direction(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("""using var s = device.RetrieveSession("vm"); s.RetrieveFd(1); s.Finish();""")]
    [InlineData("""using var s = device.CreateSession("vm"); s.PreserveFd(1, 3);""")]
    [InlineData("""var s = device.CreateSession("vm"); s = device.RetrieveSession("vm"); s.Finish();""")]
    [InlineData("""session.PreserveFd(1, 3); session.Finish();""")]
    [InlineData("""_ = device.TryCreateSession("vm", out var s); s ??= device.RetrieveSession("vm"); s.Finish();""")]
    [InlineData("""_ = device.TryRetrieveSession("vm", out var s); s!.RetrieveFd(1); s.Finish();""")]
    [InlineData("""LiveUpdateSession? s; _ = flag ? device.TryCreateSession("vm", out s) : device.TryRetrieveSession("vm", out s); s!.Finish();""")]
    [InlineData("""_ = device.TryCreateSession("vm", out _); session.Finish();""")]
    [InlineData("""var s = flag ? device.CreateSession("vm") : device.RetrieveSession("vm"); s.Finish();""")]
    [InlineData("""using var s = VmSession.Retrieve(device, "vm"); s.Finish();""")]
    [InlineData("""using var s = new VmSession(); s.Preserve(device, "vm");""")]
    [InlineData("""VmSession s = new(); s = VmSession.Retrieve(device, "vm"); s.Finish();""")]
    [InlineData("""var s = flag ? new VmSession() : VmSession.Retrieve(device, "vm"); s.Finish();""")]
    [InlineData("""new VmSession().Finish(1);""")]
    [InlineData("""var s = VmSession.Make(); s.Preserve(device, "vm");""")]
    [InlineData("""var s = VmSession.Make(); s.Finish();""")]
    public Task Near_misses_of_LUO5006(string body) => VerifyAsync(body);

    // Tests of what LUO refuses, and code that is ready for it.
    [Theory]
    [InlineData("""using var s = device.CreateSession("vm"); Assert.Equal(Errno.EINVAL, s.TryFinish());""")]
    [InlineData("""using var s = device.CreateSession("vm"); if (s.TryFinish() != Errno.EINVAL) throw new System.InvalidOperationException();""")]
    [InlineData("""using var s = device.CreateSession("vm"); bool refused = s.TryRetrieveFd(1, out _) is Errno.EINVAL or Errno.ENOENT;""")]
    [InlineData("""using var s = device.CreateSession("vm"); Errno errno = s.TryFinish(); Assert.Equal(Errno.EINVAL, errno);""")]
    [InlineData("""using var s = device.CreateSession("vm"); Assert.Throws<LuoException>(() => s.Finish());""")]
    [InlineData("""using var s = device.CreateSession("vm"); System.Action finish = () => s.Finish(); Assert.Throws<LuoException>(finish);""")]
    [InlineData("""using var s = device.CreateSession("vm"); try { s.Finish(); } catch (LuoException e) when (e.Errno == Errno.EINVAL) { }""")]
    [InlineData("""using var s = device.CreateSession("vm"); using var t = device.CreateSession("vn"); Assert.Throws<LuoException>(() => { using var u = device.CreateSession("vm"); });""")]
    [InlineData("""using var s = device.CreateSession("vm"); Assert.Equal(Errno.EEXIST, device.TryCreateSession("vm", out _));""")]
    [InlineData("""Assert.Equal(Errno.EINVAL, device.TryCreateSession("", out _));""")]
    [InlineData("""Assert.Throws<LuoException>(() => { session.PreserveFd(1, 3); session.PreserveFd(1, 4); });""")]
    [InlineData("""using var s = device.CreateSession("vm"); if (s.TryFinish() is not Errno.EINVAL) throw new System.InvalidOperationException();""")]
    [InlineData("""using var s = device.CreateSession("vm"); bool refused = s.TryFinish() is Errno.EBUSY or Errno.EINVAL;""")]
    [InlineData("""using var s = device.CreateSession("vm"); Assert.Exception(() => s.Finish());""")]
    [InlineData("""using var s = device.CreateSession("vm"); Assert.Refuses<LuoException>(() => s.Finish());""")]
    [InlineData("""using var s = device.CreateSession("vm"); try { s.Finish(); } catch { Assert.Equal(Errno.EINVAL, s.TryPreserveFd(1, 3)); }""")]
    [InlineData("""using var s = device.CreateSession("vm"); try { s.Finish(); throw new System.InvalidOperationException(); } catch (LuoException) { }""")]
    [InlineData("""using var s = device.CreateSession("vm"); try { if (flag) { s.Finish(); Assert.Fail(); } } catch (ErrnoException) { }""")]
    [InlineData("""using var s = device.CreateSession("vm"); System.Func<bool> refused = () => { try { s.Finish(); return false; } catch (LuoException) { return true; } };""")]
    [InlineData("""using var s = device.CreateSession("vm"); LuoException? thrown = Assert.Record(() => s.Finish());""")]
    public Task A_refusal_that_is_expected(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("""using var s = device.CreateSession("vm"); Assert.Equal(Errno.None, {|LUO5006:s.TryFinish()|});""")]
    [InlineData("""using var s = device.CreateSession("vm"); while ({|LUO5006:s.TryFinish()|} == Errno.EBUSY) { }""")]
    [InlineData("""using var s = device.CreateSession("vm"); try { {|LUO5006:s.Finish()|}; } catch (LuoException e) { System.Console.WriteLine(e.Errno); }""")]
    [InlineData("""using var s = device.CreateSession("vm"); Errno errno = {|LUO5006:s.TryFinish()|}; if (errno != Errno.None) throw new ErrnoException(errno);""")]
    [InlineData("""using var s = device.CreateSession("vm"); Assert.Refuses<int>(() => {|LUO5006:s.Finish()|});""")]
    [InlineData("""using var s = device.CreateSession("vm"); bool fits = {|LUO5006:s.TryFinish()|} is not Errno.EBUSY;""")]
    [InlineData("""using var s = device.CreateSession("vm"); bool fits = {|LUO5006:s.TryFinish()|} is Errno.EBUSY or Errno.EIO;""")]
    [InlineData("""using var s = device.CreateSession("vm"); try { {|LUO5006:s.Finish()|}; throw new System.InvalidOperationException(); } catch (System.InvalidOperationException) { }""")]
    [InlineData("""using var s = device.CreateSession("vm"); try { {|LUO5006:s.Finish()|}; s.Dispose(); throw new System.InvalidOperationException(); } catch (LuoException) { }""")]
    [InlineData("""using var s = device.CreateSession("vm"); try { {|LUO5006:s.Finish()|}; Assert.Exception(() => { }); } catch (LuoException) { }""")]
    [InlineData("""using var s = device.CreateSession("vm"); System.Func<bool> done = () => { try { {|LUO5006:s.Finish()|}; return true; } catch (LuoException) { return false; } };""")]
    public Task A_refusal_that_nobody_expects(string body) => VerifyAsync(body);

    private static Task VerifyAsync(string body) => new HandlerAnalyzerTest<SessionUseAnalyzer>
    {
        TestCode = $$"""
            using LuoHandlers.Emulation;
            using LuoHandlers.Uapi;
            {{HandlerSource.Usings}}{{HandlerSource.Types}}
            [LiveUpdateSession]
            public partial class VmSession : Base { public static VmSession Make() => new(); }

            public class Base { public void Finish(int number) { } }

            internal static class Assert
            {
                public static void Equal<T>(T expected, T actual) { }
                public static void Exception(System.Action action) { }
                public static void Fail() { }
                public static LuoException? Record(System.Action action) => null;
                public static void Refuses<T>(System.Action action) { }
                public static T Throws<T>(System.Action action) where T : System.Exception => throw new System.NotSupportedException();
            }

            public class Naming { public void CreateSession(string name) { } }

            public class Agent
            {
                private const ulong One = 1;

                public void Run(LiveUpdateDevice device, LiveUpdateSession session, LiveUpdateSession other, Disk a, Disk b, bool flag, int number)
                {
                    {{body}}
                }

                private static void Close(LiveUpdateSession session) => session.Dispose();
            }
            """,
    }.RunAsync(TestContext.Current.CancellationToken);
}
