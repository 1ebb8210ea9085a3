namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO4012 to LUO4017: what LUO, FLBs and sessions expect of their callers and callbacks.</summary>
public sealed class ContractRulesTests
{
    [Theory]
    [InlineData("{|LUO4012:Thread.Sleep(1)|};")]
    [InlineData("lock ({|LUO4012:_gate|}) _ = file.Size;")]
    [InlineData("{|LUO4012:Monitor.Enter(_gate)|};")]
    [InlineData("{|LUO4012:Later().Wait()|};")]
    [InlineData("_ = {|LUO4012:LaterNumber().Result|};")]
    [InlineData("{|LUO4012:Later().GetAwaiter().GetResult()|};")]
    [InlineData("{|LUO4012:_event.WaitOne()|};")]
    [InlineData("{|LUO4012:_event.WaitOne(100)|};")]
    [InlineData("{|LUO4012:Console.ReadLine()|};")]
    [InlineData("{|LUO4012:File.WriteAllText(\"a\", \"b\")|};")]
    [InlineData("{|LUO4012:_stream.WriteByte(1)|};")]
    [InlineData("using ({|LUO4012:_lock.EnterScope()|}) _ = file.Size;")]
    [InlineData("{|LUO4012:_socket.Send(new byte[1])|};")]
    [InlineData("_ = {|LUO4012:System.Net.Dns.GetHostName()|};")]
    [InlineData("_ = {|LUO4012:new System.Net.Http.HttpClient().Send(new())|};")]
    [InlineData("_ = {|LUO4012:RandomAccess.GetLength(null!)|};")]
    [InlineData("_ = _socket.Available; _ = System.Net.IPAddress.Parse(\"::1\");")]
    [InlineData("if (Monitor.TryEnter(_gate)) Monitor.Exit(_gate);")]
    [InlineData("_ = _event.WaitOne(0);")]
    [InlineData("_event.Set();")]
    [InlineData("_memory.WriteByte(1);")]
    [InlineData("_ = Later().IsCompleted;")]
    [InlineData("_ = Interlocked.Increment(ref _count);")]
    [InlineData("_ = Path.Combine(\"a\", \"b\");")]
    [InlineData("Console.WriteLine(1);")]
    [InlineData("lock (_books) _frozen.Add(file);")]
    [InlineData("lock ({|LUO4012:_shared|}) _frozen.Add(file);")]
    [InlineData("lock ({|LUO4012:_slow|}) _frozen.Add(file);")]
    public Task Waiting_in_Freeze(string body) => FlowSource.VerifyAsync(FlowSource.Plain(other: $$"""
        private int _count;
        private readonly object _gate = new();
        private readonly Lock _lock = new();
        private readonly object _books = new();
        private readonly object _shared = new();
        private readonly object _slow = new();
        private readonly List<Disk> _frozen = [];
        public object Shared => _shared;
        public int Count() { lock (_books) return _frozen.Count; }
        public void Clear() { lock (_shared) _frozen.Clear(); }
        public void Wait() { lock (_slow) Thread.Sleep(1); }
        private readonly AutoResetEvent _event = new(false);
        private readonly Stream _stream = Stream.Null;
        private readonly System.Net.Sockets.Socket _socket = null!;
        private readonly MemoryStream _memory = new();
        private static System.Threading.Tasks.Task Later() => System.Threading.Tasks.Task.CompletedTask;
        private static System.Threading.Tasks.Task<int> LaterNumber() => System.Threading.Tasks.Task.FromResult(1);
        void Freeze(Disk file) { {{body}} }
        """));

    [Fact]
    public Task Waiting_elsewhere_is_allowed() => FlowSource.VerifyAsync(FlowSource.Plain(
        preserve: "void Preserve(Disk file, out DiskState state) { lock (_gate) state = new DiskState { Size = file.Size }; }",
        other: "private readonly object _gate = new(); void Unfreeze() { lock (_gate) { } }"));

    [Theory]
    [InlineData("void {|LUO4013:Freeze|}(Disk file) => file.Lock();")]
    [InlineData("void {|LUO4013:Freeze|}(Disk file) => file.Position = 0;")]
    [InlineData("void Freeze(Disk file) => file.Position++;")]
    [InlineData("void Freeze(Disk file) => file.Position = (ulong)Environment.TickCount64;")]
    [InlineData("void Freeze(Disk file) => file.Flush();")]
    [InlineData("Errno {|LUO4013:Freeze|}(Disk file, IKho kho) { file.Position = kho.AllocatePreserved(4096).Address.Value; return Errno.None; }")]
    [InlineData("private bool _isFrozen; bool IsFrozen => _isFrozen; void {|LUO4013:Freeze|}() => _isFrozen = true;")]
    [InlineData("private int Phase { get; set; } void {|LUO4013:Freeze|}(ref DiskState state) { state.Size = (ulong)Phase; Phase = 2; }")]
    [InlineData("private int _count; int Count => _count; void Freeze() => _count++;")]
    [InlineData("private ulong _size; ulong Size => _size; void Freeze(Disk file) => _size = file.Size;")]
    [InlineData("private bool _isFrozen; bool IsFrozen => _isFrozen; void Freeze() => _isFrozen = true; void Unfreeze() => _isFrozen = false;")]
    [InlineData("void Freeze(Disk file, ref DiskState state) => state.Size = file.Size;")]
    [InlineData("void Freeze(Disk file, ref DiskState state) { if (!file.TryLock()) throw new ErrnoException(Errno.EAGAIN); }")]
    [InlineData("void Freeze(Disk file) => file.Lock(); void Unfreeze(Disk file) { }")]
    public Task Changes_in_Freeze(string freeze) => FlowSource.VerifyAsync(FlowSource.Plain(other: freeze));

    [Theory]
    [InlineData("{|LUO4014:kernel.GetIncomingFlb<Disk>(flb)|}; return null;")]
    [InlineData("_ = {|LUO4014:kernel.GetIncomingFlb<Disk>(flb)|}; return null;")]
    [InlineData("return {|LUO4014:kernel.GetOutgoingFlb<Disk>(flb)|}.Object;")]
    [InlineData("var lease = {|LUO4014:kernel.GetIncomingFlb<Disk>(flb)|}; Console.WriteLine(lease.Object?.Size); return null;")]
    [InlineData("using var lease = kernel.GetIncomingFlb<Disk>(flb); return {|LUO4014:lease.Object|};")]
    [InlineData("using var lease = kernel.GetIncomingFlb<Disk>(flb); return {|LUO4014:lease.Object|} ?? throw new InvalidOperationException();")]
    [InlineData("using (var lease = kernel.GetIncomingFlb<Disk>(flb)) _disk = {|LUO4014:lease.Object|}; return null;")]
    [InlineData("var lease = kernel.GetIncomingFlb<Disk>(flb); lease.Dispose(); Console.WriteLine({|LUO4014:lease.Object|}); return null;")]
    [InlineData("using var lease = kernel.GetIncomingFlb<Disk>(flb); Console.WriteLine(lease.Object?.Size); return null;")]
    [InlineData("using (var lease = kernel.GetIncomingFlb<Disk>(flb)) { Console.WriteLine(lease.Object); } return null;")]
    [InlineData("var lease = kernel.GetIncomingFlb<Disk>(flb); try { Console.WriteLine(lease.Object); } finally { lease.Dispose(); } return null;")]
    [InlineData("var lease = kernel.GetIncomingFlb<Disk>(flb); Keep(lease); return null;")]
    [InlineData("_lease = kernel.GetIncomingFlb<Disk>(flb); return _lease.Object;")]
    [InlineData("var lease = kernel.GetIncomingFlb<Disk>(flb); _lease = lease; return lease.Object;")]
    [InlineData("using var lease = kernel.GetIncomingFlb<Disk>(flb); ulong size = lease.Object!.Size; return new Disk { Size = size };")]
    [InlineData("var lease = kernel.GetIncomingFlb<Disk>(flb); if (lease.Object is null) { lease.Dispose(); return null; } Console.WriteLine(lease.Object); lease.Dispose(); return null;")]
    [InlineData("using var lease = kernel.GetIncomingFlb<Disk>(flb); Disk? disk = lease.Object; Console.WriteLine(disk); return {|LUO4014:disk|};")]
    [InlineData("using var lease = kernel.GetIncomingFlb<Disk>(flb); var disk = lease.Object; _disk = {|LUO4014:disk|}; return null;")]
    [InlineData("var lease = kernel.GetIncomingFlb<Disk>(flb); var disk = lease.Object; lease.Dispose(); Console.WriteLine({|LUO4014:disk|}); return null;")]
    [InlineData("var lease = kernel.GetIncomingFlb<Disk>(flb); var disk = lease.Object; Console.WriteLine(disk); lease.Dispose(); return null;")]
    [InlineData("using var lease = kernel.GetIncomingFlb<Disk>(flb); var disk = lease.Object; disk = new Disk { Size = disk!.Size }; return disk;")]
    [InlineData("using var lease = kernel.GetIncomingFlb<Disk>(flb); var disk = lease.Object; return new Disk { Size = disk!.Size };")]
    public Task Leases(string body) => FlowSource.VerifyAsync(FlowSource.Code($$"""
        public sealed class Owner(Kernel kernel, ILiveUpdateFlb flb)
        {
            private FlbLease<Disk>? _lease;
            private Disk? _disk;
            public Disk? Run() { {{body}} }
            public void Keep(FlbLease<Disk> lease) { _lease = lease; _lease?.Dispose(); Console.WriteLine(_disk); }
        }
        """));

    [Theory]
    [InlineData("{|LUO4015:session.TryPreserveFd(1, 2)|};")]
    [InlineData("{|LUO4015:session.TryFinish()|};")]
    [InlineData("{|LUO4015:session.TryRetrieveFd(1, out _)|};")]
    [InlineData("{|LUO4015:kernel.Orchestrator.RegisterFileHandler(handler)|};")]
    [InlineData("{|LUO4015:Check()|};")]
    [InlineData("_ = session.TryPreserveFd(1, 2);")]
    [InlineData("if (session.TryFinish() != Errno.None) return;")]
    [InlineData("session.PreserveFd(1, 2);")]
    [InlineData("session.RetrieveFd(1);")]
    [InlineData("kernel.RegisterFileHandler(handler);")]
    [InlineData("Errno error = Check();")]
    [InlineData("{|LUO4015:kernel.Reboot()|};")]
    [InlineData("{|LUO4015:kho.TryFindInherited(default, out _)|};")]
    [InlineData("Own.Reboot(); Own.TryFind(out _);")]
    [InlineData("_ = kernel.Reboot();")]
    [InlineData("Mine.LuoHandlers.Uapi.Own.Check();")]
    public Task Results_that_nobody_reads(string statement) => FlowSource.VerifyAsync(FlowSource.Code($$"""
        public static class Agent
        {
            public static void Run(LiveUpdateSession session, Kernel kernel, ILiveUpdateFileHandler handler, IKho kho) { {{statement}} }
            private static Errno Check() => Errno.None;
        }
        public static class Own { public static int Reboot() => 1; public static bool TryFind(out int number) { number = 1; return true; } }
        """)
        + "namespace Mine.LuoHandlers.Uapi { public enum Errno { None } public static class Own { public static Errno Check() => Errno.None; } }\n");

    [Theory]
    [InlineData("void Unpreserve", "{|LUO4016:args.SerializedData = 0|};")]
    [InlineData("void Unfreeze", "{|LUO4016:args.SerializedData |= 1|};")]
    [InlineData("void Finish", "{|LUO4016:args.File = null|};")]
    [InlineData("void Finish", "{|LUO4016:args.PrivateData = null|};")]
    [InlineData("int Retrieve", "{|LUO4016:args.SerializedData = 0|}; return 0;")]
    [InlineData("int Retrieve", "args.File = new Disk(); return 0;")]
    [InlineData("int Preserve", "args.SerializedData = 1; args.PrivateData = this; return 0;")]
    [InlineData("int Freeze", "args.SerializedData = 1; return 0;")]
    [InlineData("void Unfreeze", "args.SerializedData = 1; Other(ref args);")]
    [InlineData("void Unfreeze", "args.SerializedData = 1; Console.WriteLine(args.SerializedData);")]
    public Task Writes_to_the_arguments(string callback, string body)
    {
        string[] callbacks = ["int Preserve", "void Unpreserve", "int Freeze", "void Unfreeze", "int Retrieve", "void Finish"];
        return FlowSource.VerifyAsync(FlowSource.Code($$"""
            public sealed class RawHandler : ILiveUpdateFileHandler
            {
                public ReadOnlySpan<byte> Compatible => "raw-v1"u8;
                public FileHandlerCallbacks Callbacks => FileHandlerCallbacks.Required;
                public bool CanPreserve(LuoFile file) => file is Disk;
                private static void Other(ref LiveUpdateFileOpArgs args) { }
                {{string.Join("\n    ", callbacks.Select(each => $"public {each}(ref LiveUpdateFileOpArgs args) {{ {(each == callback ? body : each.StartsWith("int", StringComparison.Ordinal) ? "return 0;" : string.Empty)} }}"))}}
            }
            """));
    }

    [Theory]
    [InlineData("void Unfreeze(DiskState state) { {|LUO4016:state.Size = 1|}; }")]
    [InlineData("void Unfreeze(DiskState state) { {|LUO4016:state = default|}; }")]
    [InlineData("void Unfreeze(DiskState state) { {|LUO4016:state.Size++|}; }")]
    [InlineData("void Unfreeze(DiskState state) { if (state.Size > 0) { {|LUO4016:state.Size |= 1|}; } }")]
    [InlineData("void Unfreeze(DiskState state) { Console.WriteLine(state.Size); {|LUO4016:state.Size = 1|}; }")]
    [InlineData("void Unfreeze(DiskState state) { state.Size = 1; Console.WriteLine(state.Size); }")]
    [InlineData("void Unfreeze(DiskState state) { state.Size = 1; Use(state); static void Use(DiskState state) { } }")]
    [InlineData("void Unfreeze(DiskState state) { for (int i = 0; i < 3; i++) { Console.WriteLine(state.Size); state.Size = 1; } }")]
    [InlineData("void Unfreeze(in DiskState state) { DiskState copy = state; copy.Size = 1; }")]
    [InlineData("void Freeze(ref DiskState state) => state.Size = 1;")]
    [InlineData("void Unfreeze(DiskState state) { {|LUO4016:state.Size = 1|}; {|LUO4016:state.Count = 2|}; }")]
    public Task Writes_to_a_copy_of_the_state(string callback) => FlowSource.VerifyAsync(FlowSource.Plain(other: callback));

    [Fact]
    public Task Writes_to_a_copy_in_each_callback() => FlowSource.VerifyAsync(FlowSource.Plain(
        unpreserve: "void Unpreserve(DiskState state) { {|LUO4016:state.Size = 0|}; }",
        retrieve: "Disk Retrieve(DiskState state) { var disk = new Disk { Size = state.Size }; {|LUO4016:state.Size = 0|}; return disk; }",
        finish: "void Finish(DiskState state) { {|LUO4016:state.Size = 0|}; }",
        other: "bool CanFinish(DiskState state) { {|LUO4016:state.Size = 0|}; return true; }"));

    [Fact]
    public Task Writes_to_a_copy_of_the_handle() => FlowSource.VerifyAsync(FlowSource.Code("""
        [LiveUpdateFileHandler("raw-v1")]
        public sealed partial class RawHandler
        {
            bool CanPreserve(Disk file) => file.Size > 0;
            void Preserve(Disk file, out ulong serializedData) { serializedData = file.Size; }
            void Unpreserve(ulong serializedData) { {|LUO4016:serializedData = 0|}; }
            void Freeze(ref ulong serializedData) { serializedData = 1; }
            Disk Retrieve(ulong serializedData) { if (serializedData == 0) serializedData = 1; return new Disk { Size = serializedData }; }
            void Finish(ulong serializedData) { {|LUO4016:serializedData = 0|}; }
        }
        """));

    [Theory]
    [InlineData("disable", "void Finish(Disk file) => {|LUO4017:file|}.Lock();")]
    [InlineData("disable", "void Finish(Disk file) { ulong size = {|LUO4017:file|}.Size; file.Lock(); }")]
    [InlineData("disable", "void Finish(Disk file) => file?.Lock();")]
    [InlineData("disable", "void Finish(Disk file) { if (file == null) return; file.Lock(); }")]
    [InlineData("disable", "void Finish(Disk file, RetrieveStatus status) { if (status.IsRetrieved) file.Lock(); }")]
    [InlineData("disable", "void Finish(Disk file) => Console.WriteLine(file);")]
    [InlineData("enable", "void Finish(Disk? file) => file?.Lock();")]
    [InlineData("enable", "void Finish(Disk? file) => {|LUO4017:file|}!.Lock();")]
    [InlineData("enable", "void Finish(Disk? file) { ulong size = {|LUO4017:file|}!.Size; file!.Lock(); }")]
    [InlineData("enable", "void Finish(Disk? file) { if (file is not null) Console.WriteLine(1); file!.Lock(); }")]
    [InlineData("enable", "void Finish(Disk? file, RetrieveStatus status) { if (status.IsRetrieved) file!.Lock(); }")]
    [InlineData("enable", "void Finish(Disk? file) { file?.Lock(); file!.Lock(); }")]
    [InlineData("enable", "bool CanFinish(Disk? file) => {|LUO4017:file|}!.Size == 0; void Finish() { }")]
    public Task A_file_that_may_be_null(string nullable, string finish) => FlowSource.VerifyAsync(FlowSource.Plain(finish: finish, nullable: nullable));
}
