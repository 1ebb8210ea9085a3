using LuoHandlers.CodeFixes;

namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO4003 to LUO4006 and LUO4015 in detail: what is an error, where one is lost, and what is returned in its place.</summary>
public sealed class ErrnoRulesTests
{
    [Theory]
    [InlineData("Errno first = Errno.None; if (file.Size == 0) first = Errno.EIO; if (!file.TryLock()) return {|LUO4006:first|}; return Errno.None;")]
    [InlineData("Errno first = Errno.None; if (file.Size == 0) first = Errno.EIO; if (file.TryLock()) return Errno.None; else return {|LUO4006:first|};")]
    [InlineData("Errno first = Errno.None; if (file.Size == 0) first = Errno.EIO; if (file.TryLock()) return first; return Errno.EAGAIN;")]
    [InlineData("Errno first = Errno.None; if (file.Size == 0) first = Errno.EIO; if (!IsReady(file)) return first; return Errno.None;")]
    [InlineData("Errno first = Errno.None; int count = file.Segment; if (count is not 0) return first; return Errno.EIO;")]
    [InlineData("Errno first = Errno.None; Errno second = Check(file); if (!(second == Errno.None)) return {|LUO4006:first|}; return second;")]
    [InlineData("Errno first = Errno.None; try { if (Check(file) != Errno.None) return first; } finally { file.Lock(); } return first;")]
    [InlineData("Errno first = Errno.None; Change(ref first); if (Check(file) != Errno.None) return first; return Errno.None;")]
    [InlineData("Errno first = Check(file); if (first == Errno.None) return Errno.None; if (Check(file) != Errno.None) return first; return Errno.None;")]
    [InlineData("Errno first; if (file.Size == 0) first = Errno.EIO; else first = Errno.None; if (Check(file) != Errno.None) return {|LUO4006:first|}; return Errno.None;")]
    public Task A_failure_and_what_is_returned(string body) => FlowSource.VerifyAsync(FlowSource.Plain(
        preserve: $"Errno Preserve(Disk file, out DiskState state) {{ state = default; {body} }}",
        other: """
            private static Errno Check(Disk file) => file.Size == 0 ? Errno.EINVAL : Errno.None;
            private static bool IsReady(Disk file) => file.Size > 1;
            private static void Change(ref Errno error) => error = Errno.EIO;
            """));

    [Theory]
    [InlineData("(int)Errno.None")]
    [InlineData("(int)_size")]
    [InlineData("{|LUO4005:(int)_error|}")]
    [InlineData("{|LUO4005:(int)(_error)|}")]
    public Task Results_of_an_FLB_by_hand(string result) => FlowSource.VerifyAsync(FlowSource.Code($$"""
        public sealed class RawFlb : ILiveUpdateFlb
        {
            private readonly Errno _error = Enum.Parse<Errno>("EIO");
            private readonly long _size = Enum.Parse<Errno>("EIO") == Errno.EIO ? 1 : 0;
            public ReadOnlySpan<byte> Compatible => "raw-v1"u8;
            public FlbCallbacks Callbacks => _size == 0 || _error == Errno.None ? default : FlbCallbacks.Required;
            public int Preserve(ref LiveUpdateFlbOpArgs args) => {{result}};
            public void Unpreserve(ref LiveUpdateFlbOpArgs args) { }
            public int Retrieve(ref LiveUpdateFlbOpArgs args) => -(int)_error;
            public void Finish(ref LiveUpdateFlbOpArgs args) { }
            public int Count() => 5;
        }
        """));

    [Theory]
    [InlineData("(Errno)4095")]
    [InlineData("{|LUO4005:(Errno)4096|}")]
    [InlineData("(Errno)0")]
    [InlineData("{|LUO4005:(Errno)(-1)|}")]
    [InlineData("(Errno)(~_number)")]
    public Task Errors_by_number(string value) => FlowSource.VerifyAsync(FlowSource.Code($$"""
        public static class Errors { private static readonly int _number = Environment.TickCount; public static Errno Find() => {{value}}; public static int Number => _number; }
        """));

    [Theory]
    [InlineData("{|LUO4005:(Errno)(-4095)|}", "(Errno)4095")]
    [InlineData("{|LUO4005:(Errno)(-4096)|}", "{|LUO4005:(Errno)(-4096)|}")]
    public Task Only_a_sign_is_turned(string before, string after)
    {
        var test = new AnalyzerCodeFixTest<ErrnoSignAnalyzer, TurnErrnoSignCodeFixProvider> { TestCode = Errors(before) };
        if (before != after)
            test.FixedCode = Errors(after);
        return test.RunAsync(TestContext.Current.CancellationToken);

        static string Errors(string value) => FlowSource.Code($$"""public static class Errors { public static Errno Find() => {{value}}; }""");
    }

    [Theory]
    [InlineData("bool CanPreserve(LuoFile file) { if (_isOff) throw new ErrnoException(Errno.EIO); return true; }", "")]
    [InlineData("bool CanPreserve(Disk file) => true;", "bool {|LUO4004:CanFinish|}() { return false; }")]
    public Task Answers(string canPreserve, string other) => FlowSource.VerifyAsync(FlowSource.Plain(
        canPreserve: canPreserve,
        preserve: $"void Preserve({(canPreserve.Contains("LuoFile", StringComparison.Ordinal) ? "LuoFile" : "Disk")} file, out DiskState state) => state = new DiskState {{ Number = file.ReferenceCount }};",
        retrieve: $"{(canPreserve.Contains("LuoFile", StringComparison.Ordinal) ? "LuoFile" : "Disk")} Retrieve() => new Disk();",
        other: "private readonly bool _isOff; public DiskHandler(bool isOff) => _isOff = isOff; " + other));

    // Preserve takes some files, however it refuses the others.
    [Theory]
    [InlineData("void Preserve(Disk file, out DiskState state) { if (file.Size != 0) { state = default; return; } throw new ErrnoException(Errno.EINVAL); }")]
    [InlineData("void Preserve(Disk file, out DiskState state) { state = default; if (file.Size == 0) throw new ErrnoException(Errno.EINVAL); }")]
    [InlineData("Errno Preserve(Disk file, out DiskState state) { state = default; return file.Size == 0 ? Errno.EINVAL : Errno.None; }")]
    public Task What_is_preserved_must_come_back(string preserve) => FlowSource.VerifyAsync(FlowSource.Plain(
        preserve: preserve, retrieve: "Disk {|LUO4004:Retrieve|}() => throw new ErrnoException(Errno.EOPNOTSUPP);"));

    // A method of the same name that takes something else, is hidden, or belongs to somebody else is no way out.
    [Theory]
    [InlineData("{|LUO4015:Sessions.TryClose(1)|};", "public static class Sessions { public static Errno TryClose(int id) => (Errno)id; public static void Close(int id) => _ = id; }")]
    [InlineData("{|LUO4015:new Host(kernel).Orchestrator.RegisterFileHandler(handler)|};", "public sealed class Host(Kernel kernel) { public LiveUpdateOrchestrator Orchestrator => kernel.Orchestrator; public void RegisterFileHandler(ILiveUpdateFileHandler handler) => kernel.RegisterFileHandler(handler); }")]
    [InlineData("int count = Sessions.Count(); _ = count; Sessions.Count();", "public static class Sessions { public static int Count() => 1; }")]
    public Task No_fix_calls_what_does_not_belong_to_it(string statement, string types) => new AnalyzerCodeFixTest<DiscardedResultAnalyzer, CallThrowingTwinCodeFixProvider>
    {
        TestCode = FlowSource.Code($$"""
            {{types}}
            public static class Agent { public static void Run(Kernel kernel, ILiveUpdateFileHandler handler) { {{statement}} } }
            """),
    }.RunAsync(TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("void Unpreserve", "{|LUO4016:args.SerializedData = 1|}; Console.WriteLine(args.File);")]
    [InlineData("void Unpreserve", "Console.WriteLine(args.SerializedData); {|LUO4016:args.SerializedData = 1|};")]
    [InlineData("void Unpreserve", "{|LUO4016:args.SerializedData = 1|}; {|LUO4016:args.SerializedData = 2|};")]
    [InlineData("void Unpreserve", "args.SerializedData = 1; ulong data = 0; data = args.SerializedData; Console.WriteLine(data);")]
    [InlineData("void Unpreserve", "ulong data = 0; data = args.SerializedData; Console.WriteLine(data);")]
    [InlineData("void Other", "args.SerializedData = 1;")]
    public Task Writes_that_nobody_reads(string callback, string body)
    {
        string[] callbacks = ["int Preserve", "void Unpreserve", "int Retrieve", "void Finish", "void Other"];
        return FlowSource.VerifyAsync(FlowSource.Code($$"""
            public sealed class RawHandler : ILiveUpdateFileHandler
            {
                public ReadOnlySpan<byte> Compatible => "raw-v1"u8;
                public FileHandlerCallbacks Callbacks => FileHandlerCallbacks.Required;
                public bool CanPreserve(LuoFile file) => file is Disk;
                {{string.Join("\n    ", callbacks.Select(each => $"public {each}(ref LiveUpdateFileOpArgs args) {{ {(each == callback ? body : each.StartsWith("int", StringComparison.Ordinal) ? "return 0;" : string.Empty)} }}"))}}
            }
            public sealed class NoHandler { public void Unpreserve(ref LiveUpdateFileOpArgs args) { args.SerializedData = 1; } }
            """));
    }

    [Theory]
    [InlineData("void Finish(Disk file, RetrieveStatus status) => {|LUO4017:file|}.Lock();")]
    [InlineData("void Finish(Disk file) => file.Show();")]
    [InlineData("void Finish(Disk file, RetrieveStatus status) { if (!status.IsFailed) file.Lock(); }")]
    public Task A_file_that_may_be_null(string finish) =>
        FlowSource.VerifyAsync(FlowSource.Plain(finish: finish, nullable: "disable") + "public static class Extensions { public static void Show(this Disk file) => Console.WriteLine(file); }");

    [Fact]
    public Task Code_that_does_not_compile_may_become_anything() => FlowSource.VerifyAsync(
        FlowSource.Plain(other: "void Freeze(Disk file) { Thread.Sleep(1); {|CS0103:missing|}(); }"));
}
