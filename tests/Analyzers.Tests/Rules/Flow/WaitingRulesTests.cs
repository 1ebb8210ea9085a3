namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO4012 in detail: which calls wait, and which only look as if they did.</summary>
public sealed class WaitingRulesTests
{
    [Theory]
    [InlineData("{|LUO4012:Thread.CurrentThread.Join()|};")]
    [InlineData("{|LUO4012:Monitor.Wait(_gate)|};")]
    [InlineData("{|LUO4012:Later().Wait(100)|};")]
    [InlineData("{|LUO4012:WaitHandle.SignalAndWait(_event, _event)|};")]
    [InlineData("_ = {|LUO4012:new System.Threading.Tasks.ValueTask<int>(1).Result|};")]
    [InlineData("{|LUO4012:new System.Threading.Tasks.ValueTask().GetAwaiter().GetResult()|};")]
    [InlineData("{|LUO4012:System.Diagnostics.Process.GetCurrentProcess().WaitForExit()|};")]
    [InlineData("{|LUO4012:Directory.CreateDirectory(\"a\")|};")]
    [InlineData("{|LUO4012:_stream.Flush()|};")]
    [InlineData("_ = {|LUO4012:_file.ReadByte()|};")]
    [InlineData("_ = {|LUO4012:_reader.ReadLine()|};")]
    [InlineData("{|LUO4012:_writer.Write(1)|};")]
    [InlineData("var spin = new SpinWait(); while (!file.TryLock()) {|LUO4012:spin.SpinOnce()|};")]
    [InlineData("for (int i = 0; i < 9; i++) _ = {|LUO4012:Thread.Yield()|};")]
    [InlineData("lock ({|LUO4012:_gate|}) _ = new Mine.Threading.Task();")]
    public Task What_waits(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("_ = Later().Wait(0);")]
    [InlineData("_ = _stream.Seek(0, SeekOrigin.Begin);")]
    [InlineData("_ = _reader.Equals(_reader);")]
    [InlineData("_ = _writer.ToString();")]
    [InlineData("_ = new StringReader(\"a\").ReadLine();")]
    [InlineData("new StringWriter().Write(1);")]
    [InlineData("_ = new MemoryStream().ReadByte();")]
    [InlineData("_ = new System.Threading.Tasks.TaskCompletionSource().TrySetResult();")]
    [InlineData("new SpinWait().SpinOnce(); _ = Thread.Yield();")]
    [InlineData("lock (_books) _ = new List<int>(new System.Range(0, 1).Start.Value);")]
    [InlineData("lock (_books) _ = new KhoRange();")]
    [InlineData("new System.Net.Sockets.TcpClient().Close(); new System.Net.Http.HttpClient().CancelPendingRequests();")]
    public Task What_does_not_wait(string body) => VerifyAsync(body);

    // Types of the author's own, in namespaces of the same names and in others below System.
    [Theory]
    [InlineData("Mine.Threading.Gate.Sleep();")]
    [InlineData("Mine.Threading.Gate.Wait();")]
    [InlineData("Mine.Threading.Gate.WaitOne();")]
    [InlineData("Mine.Threading.Gate.WaitForExit();")]
    [InlineData("System.Mine.Gate.Sleep();")]
    [InlineData("System.Mine.Gate.Wait();")]
    [InlineData("System.Mine.Gate.WaitOne();")]
    [InlineData("System.Mine.Gate.WaitForExit();")]
    [InlineData("Mine.Threading.File.Delete();")]
    [InlineData("System.Mine.File.Delete();")]
    [InlineData("new Mine.Threading.Stream().Flush();")]
    [InlineData("_ = new Mine.Threading.Task().Result;")]
    [InlineData("while (file.TryLock()) Mine.Threading.Gate.Yield();")]
    [InlineData("while (file.TryLock()) new System.Mine.SpinWait().SpinOnce();")]
    [InlineData("new Mine.Threading.Socket().Send();")]
    [InlineData("new Mine.Threading.HttpClient().Send();")]
    [InlineData("Mine.Threading.Console.ReadLine();")]
    public Task Others_of_the_same_name(string body) => VerifyAsync(body);

    private static Task VerifyAsync(string body) => FlowSource.VerifyAsync(FlowSource.Plain(other: $$"""
        private readonly object _gate = new();
        private readonly object _books = new();
        public void Keep() { lock (_books) _ = new DateTime(1); lock (_gate) _ = new DateTime(1); }
        private readonly AutoResetEvent _event = new(false);
        private readonly Stream _stream = Stream.Null;
        private readonly FileStream _file = null!;
        private readonly TextReader _reader = TextReader.Null;
        private readonly TextWriter _writer = TextWriter.Null;
        private static System.Threading.Tasks.Task Later() => System.Threading.Tasks.Task.CompletedTask;
        void Freeze(Disk file) { {{body}} }
        """) + Own("Mine.Threading") + Own("System.Mine"));

    private static string Own(string space) => $$"""
        namespace {{space}}
        {
            public static class Gate { public static void Sleep() { } public static void Wait() { } public static void WaitOne() { } public static void WaitForExit() { } public static void Yield() { } }
            public class SpinWait { public void SpinOnce() { } }
            public class Socket { public void Send() { } }
            public class HttpClient { public void Send() { } }
            public static class Console { public static void ReadLine() { } }
            public static class File { public static void Delete() { } }
            public class Stream { public void Flush() { } }
            public class Task { public int Result => 1; }
        }

        """;
}
