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

    [Theory]
    [InlineData("public int Read() { {0}.EnterReadLock(); try { return 1; } finally { {0}.ExitReadLock(); } }", true)]
    [InlineData("public int Read() { this.{0}.EnterWriteLock(); return 1; }", true)]
    [InlineData("public int Read() => Inner(); private int Inner() { {0}.EnterUpgradeableReadLock(); return 1; }", true)]
    [InlineData("public int Read() => Inner(); private int Inner() => Innermost(); private int Innermost() { {0}.EnterUpgradeableReadLock(); return 1; }", false)]
    [InlineData("public int Read() { Turn.Wait(); return 1; }", true)]
    [InlineData("public int Read() { Turn.Wait(0); return 1; }", false)]
    [InlineData("public int Read() { Turn.Wait(TimeSpan.Zero); return 1; }", false)]
    [InlineData("public int Read() { Turn.Release(); return 1; }", false)]
    [InlineData("public int Read() => Job.Result;", true)]
    [InlineData("public int Read() { Worker.Join(); return 1; }", true)]
    [InlineData("public int Read() { Mark.WaitOne(); return 1; }", true)]
    [InlineData("public int Read() { Thread.Sleep(1); return 1; }", true)]
    [InlineData("public int Read() { lock (Gate) return 1; }", true)]
    [InlineData("public int Read() { lock (this) return 1; }", true)]
    [InlineData("public int Read() { lock (_own) return 1; }", false)]
    [InlineData("public int Read() { var Turn = new Own(); Turn.Wait(); return 1; }", false)]
    [InlineData("public int Read() { Action later = () => Turn.Wait(); return 1; }", false)]
    [InlineData("public int Read() { void Later() { Turn.Wait(); } return 1; }", false)]
    [InlineData("public int Read() { Mine.Wait(); return 1; }", false)]
    [InlineData("public int Read() => Inner(1); private int Inner(int one) => one; private int Inner(string one) { Turn.Wait(); return 1; }", false)]
    [InlineData("public async System.Threading.Tasks.Task<int> Read() { Turn.Wait(); await Job; return 1; }", false)]
    public Task In_a_method_of_the_file(string members, bool waits) => VerifyCalledAsync(members.Replace("{0}", "_lock", StringComparison.Ordinal), waits ? "_ = {|LUO4012:file.Read()|};" : "_ = file.Read();");

    [Theory]
    [InlineData("public int Size { get { Turn.Wait(); return 1; } set { } }", "_ = {|LUO4012:file.Size|};")]
    [InlineData("public int Size { get { Turn.Wait(); return 1; } set { } }", "file.{|LUO4013:Size|} = 1;")]
    [InlineData("public virtual int Read() { Turn.Wait(); return 1; }", "_ = file.Read();")]
    [InlineData("public int Read() => 1; public int Other() { Turn.Wait(); return 1; }", "_ = file.Read();")]
    public Task In_members_of_the_file(string members, string freeze) =>
        VerifyCalledAsync(members, freeze.Replace("{|LUO4013:Size|}", "Size", StringComparison.Ordinal), freeze.Contains("LUO4013", StringComparison.Ordinal) ? "{|LUO4013:Freeze|}" : "Freeze", members.Contains("virtual", StringComparison.Ordinal) ? "" : "sealed ");

    [Theory]
    [InlineData("lock (_gate) {|LUO4012:_job.Wait()|};")]
    [InlineData("lock (_gate) { if (file.Size > 1) Console.WriteLine({|LUO4012:_job.Result|}); }")]
    [InlineData("lock (_gate) _ = {|LUO4012:_job.GetAwaiter().GetResult()|};")]
    [InlineData("lock (_gate) {|LUO4012:_worker.Join()|};")]
    [InlineData("lock (_gate) Monitor.Wait(_gate);")]
    [InlineData("lock (_gate) Thread.Sleep(1);")]
    [InlineData("lock (_gate) { Action later = () => _job.Wait(); later = Console.WriteLine; }")]
    [InlineData("lock (_gate) Console.WriteLine(_job.IsCompleted); _job.Wait();")]
    [InlineData("lock (_gate) _job.Wait(0);")]
    public Task Under_a_lock(string body) => FlowSource.VerifyAsync(FlowSource.Plain(unpreserve: $"void Unpreserve(Disk file) {{ {body} }}", other: """
        private readonly object _gate = new();
        private readonly System.Threading.Tasks.Task<int> _job = System.Threading.Tasks.Task.FromResult(1);
        private readonly Thread _worker = Thread.CurrentThread;
        """));

    private static Task VerifyCalledAsync(string members, string freeze, string name = "Freeze", string isSealed = "sealed ") => FlowSource.VerifyAsync(FlowSource.Code($$"""
        public {{isSealed}}class Tape : LuoFile
        {
            private readonly ReaderWriterLockSlim _lock = new();
            private readonly object _own = new();
            public object Gate { get; } = new();
            public SemaphoreSlim Turn { get; } = new(1);
            public System.Threading.Tasks.Task<int> Job { get; } = System.Threading.Tasks.Task.FromResult(1);
            public Thread Worker { get; } = Thread.CurrentThread;
            public AutoResetEvent Mark { get; } = new(false);
            public Own Mine { get; } = new();
            {{members}}
        }
        public sealed class Own { public void Wait() { } }
        [LiveUpdateFileHandler("tape-v1")]
        public sealed partial class TapeHandler
        {
            bool CanPreserve(Tape file) => true;
            void Preserve(Tape file, out DiskState state) => state = new DiskState { Number = file.Mine.GetHashCode() };
            void Unpreserve() { }
            Tape Retrieve(in DiskState state) => state.Number == 1 ? new Tape() : throw new ErrnoException(Errno.EINVAL);
            void Finish() { }
            void {{name}}(Tape file) { {{freeze}} }
        }
        """));

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
