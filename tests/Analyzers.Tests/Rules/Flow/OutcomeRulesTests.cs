namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO4003 to LUO4006: what callbacks answer.</summary>
public sealed class OutcomeRulesTests
{
    [Theory]
    [InlineData("bool {|LUO4003:CanPreserve|}(LuoFile file) => true;")]
    [InlineData("bool {|LUO4003:CanPreserve|}() { return true; }")]
    [InlineData("bool {|LUO4003:CanPreserve|}(LuoFile file) { if (_isOn) return true; return true; }")]
    [InlineData("bool CanPreserve(LuoFile file) => file is Disk;")]
    [InlineData("bool CanPreserve(LuoFile file) => IsOurs(file);")]
    [InlineData("bool CanPreserve(LuoFile file) { return file.ReferenceCount > 0 ? true : true; }")]
    [InlineData("bool CanPreserve(LuoFile file) => _isOn;")]
    [InlineData("bool CanPreserve() => false;")]
    [InlineData("bool {|LUO4003:CanPreserve|}(LuoFile file) => file is not null;")]
    [InlineData("bool {|LUO4003:CanPreserve|}(LuoFile file) => file != null && file is { ReferenceCount: > 0 };")]
    [InlineData("bool {|LUO4003:CanPreserve|}(LuoFile file) { Console.WriteLine(file); Console.WriteLine($\"{file}\"); return true; }")]
    [InlineData("bool CanPreserve(LuoFile file) { if (file is null) return false; return false; }")]
    [InlineData("bool CanPreserve(LuoFile file) => file is Disk { Size: > 0 };")]
    [InlineData("bool CanPreserve(LuoFile file) => ((LuoFile)file).ReferenceCount > 0;")]
    public Task Files_of_any_type(string canPreserve) => FlowSource.VerifyAsync(FlowSource.Plain(
        canPreserve: canPreserve,
        preserve: "void Preserve(LuoFile file, out DiskState state) => state = new DiskState { Number = file.ReferenceCount };",
        retrieve: "LuoFile Retrieve() => new Disk();",
        other: "private readonly bool _isOn; public DiskHandler(bool isOn) => _isOn = isOn; static bool IsOurs(LuoFile file) => file is Disk;"));

    [Theory]
    [InlineData("bool {|LUO4004:CanFinish|}() => false;")]
    [InlineData("bool {|LUO4004:CanFinish|}(RetrieveStatus status) { if (status.IsNotTried) return false; return false; }")]
    [InlineData("bool CanFinish(RetrieveStatus status) => status.IsRetrieved ? true : false;")]
    [InlineData("bool CanFinish(RetrieveStatus status) => status.IsRetrieved;")]
    [InlineData("bool CanFinish() => true;")]
    [InlineData("bool CanFinish() => throw new NotSupportedException();")]
    public Task Sessions_that_end(string canFinish) => FlowSource.VerifyAsync(FlowSource.Plain(other: canFinish));

    [Theory]
    [InlineData("Disk {|LUO4004:Retrieve|}() => throw new ErrnoException(Errno.EOPNOTSUPP);")]
    [InlineData("Disk {|LUO4004:Retrieve|}() { throw new ErrnoException(Errno.EOPNOTSUPP); }")]
    [InlineData("Disk? {|LUO4004:Retrieve|}() => null;")]
    [InlineData("Disk? {|LUO4004:Retrieve|}(in DiskState state) => state.Size == 0 ? null : throw new ErrnoException(Errno.EIO);")]
    [InlineData("Errno {|LUO4004:Retrieve|}(out Disk? file) { file = null; return Errno.EOPNOTSUPP; }")]
    [InlineData("Disk Retrieve(in DiskState state) => state.Size == 0 ? throw new ErrnoException(Errno.EIO) : new Disk();")]
    [InlineData("Errno Retrieve(in DiskState state, out Disk? file) { file = null; if (state.Size == 0) return Errno.EIO; file = new Disk(); return Errno.None; }")]
    [InlineData("Errno Retrieve(out Disk? file) { file = null; return Later(); }")]
    [InlineData("Disk Retrieve(in DiskState state) => Create(state.Size);")]
    [InlineData("Disk Retrieve() => Wait();")]
    public Task Files_that_come_back(string retrieve) => FlowSource.VerifyAsync(FlowSource.Plain(
        retrieve: retrieve, other: "private static Errno Later() => Errno.EIO; private static Disk Wait() { while (true) { } } private static Disk Create(ulong size) => new Disk { Size = size };"));

    [Theory]
    [InlineData("void Preserve(Disk file, out DiskState state) => throw new ErrnoException(Errno.EOPNOTSUPP);", "bool CanPreserve(Disk file) => true;")]
    [InlineData("Errno Preserve(Disk file, out DiskState state) { state = default; return Errno.EOPNOTSUPP; }", "bool CanPreserve(Disk file) => true;")]
    [InlineData("void Preserve(Disk file, out DiskState state) => state = default;", "bool CanPreserve(Disk file) => false;")]
    public Task What_is_never_preserved_need_not_come_back(string preserve, string canPreserve) => FlowSource.VerifyAsync(FlowSource.Plain(
        preserve: preserve, canPreserve: canPreserve, retrieve: "Disk Retrieve() => throw new ErrnoException(Errno.EOPNOTSUPP);"));

    [Theory]
    [InlineData("{|LUO4005:(Errno)(-22)|}")]
    [InlineData("{|LUO4005:(Errno)5000|}")]
    [InlineData("{|LUO4005:(Errno)(-(int)Errno.EBUSY)|}")]
    [InlineData("{|LUO4005:(Errno)(-(int)_last)|}")]
    [InlineData("(Errno)(-_result)")]
    [InlineData("(Errno)110")]
    [InlineData("(Errno)_result")]
    [InlineData("_last")]
    public Task Errors_in_a_handler(string error) => FlowSource.VerifyAsync(FlowSource.Plain(
        preserve: $"Errno Preserve(Disk file, out DiskState state) {{ state = default; if (file.Size == 0) return {error}; return Errno.None; }}",
        other: "private readonly Errno _last; private readonly int _result; public DiskHandler(Errno last, int result) { _last = last; _result = result; }"));

    [Theory]
    [InlineData("{|LUO4005:5|}")]
    [InlineData("{|LUO4005:(int)Errno.EIO|}")]
    [InlineData("{|LUO4005:(int)_error|}")]
    [InlineData("_error == Errno.None ? 0 : {|LUO4005:(int)_error|}")]
    [InlineData("-5")]
    [InlineData("-(int)Errno.EIO")]
    [InlineData("-(int)_error")]
    [InlineData("0")]
    [InlineData("Result()")]
    public Task Results_of_a_callback_by_hand(string result) => FlowSource.VerifyAsync(Raw(result));

    [Theory]
    [InlineData("Errno first = Errno.None; Errno second = Check(file); if (second != Errno.None) return {|LUO4006:first|}; return first;")]
    [InlineData("Errno first = Errno.None; if (Check(file) != Errno.None) return {|LUO4006:first|}; return first;")]
    [InlineData("Errno first = Errno.None; if (Check(file) is not Errno.None) { return {|LUO4006:first|}; } return first;")]
    [InlineData("Errno first = Check(file); if (first != Errno.None) return first; Errno second = Check(file); if (second != Errno.None) return {|LUO4006:first|}; return second;")]
    [InlineData("Errno first = Errno.None; Errno second = Check(file); if (second == Errno.None) return first; else return {|LUO4006:first|};")]
    [InlineData("Errno first = Errno.None; Errno second = Check(file); if (second is Errno.None) return first; else return {|LUO4006:first|};")]
    public Task A_failure_that_can_succeed(string body) => FlowSource.VerifyAsync(WithPreserve(body));

    [Theory]
    [InlineData("Errno error = Check(file); if (error != Errno.None) return error; return Errno.None;")]
    [InlineData("Errno first = Errno.EIO; Errno second = Check(file); if (second != Errno.None) return first; return second;")]
    [InlineData("Errno first = Check(file); Errno second = Check(file); if (second != Errno.None) return first; return second;")]
    [InlineData("Errno first = Errno.None; if (Check(file) != Errno.None) { first = Errno.EIO; return first; } return first;")]
    [InlineData("Errno first = Errno.None; Errno second = Check(file); if (second == Errno.None) return first; return second;")]
    [InlineData("Errno first = Errno.None; if (!file.TryLock()) return first; return Check(file);")]
    [InlineData("Errno first = Errno.None; Set(out first); if (Check(file) != Errno.None) return first; return Errno.None;")]
    [InlineData("Errno first = Errno.None; if (Check(file) != Errno.EBUSY) return first; return Errno.None;")]
    [InlineData("Errno first = Errno.None; Errno second = Check(file); if (second is Errno.EBUSY) return second; else return first;")]
    public Task A_failure_that_stays_one(string body) => FlowSource.VerifyAsync(WithPreserve(body));

    [Theory]
    [InlineData("if (state.Size == 0) { file = null; return {|LUO4006:Errno.None|}; } file = new Disk(); return Errno.None;")]
    [InlineData("file = null; if (state.Size == 0) return {|LUO4006:Errno.None|}; file = new Disk(); return Errno.None;")]
    [InlineData("file = default; if (state.Size == 0) { Console.WriteLine(1); return {|LUO4006:Errno.None|}; } else { file = new Disk(); } return Errno.None;")]
    [InlineData("if (state.Size == 0) { file = null; return Errno.EINVAL; } file = new Disk(); return Errno.None;")]
    [InlineData("file = null; if (state.Size == 0) file = new Disk(); return Errno.None;")]
    [InlineData("file = null; if (Make(out file)) return Errno.None; return Errno.EIO; static bool Make(out Disk? file) { file = new(); return true; }")]
    [InlineData("file = null; try { file = new Disk(); return Errno.None; } catch (ErrnoException e) { return e.Errno; }")]
    [InlineData("file = null; for (ulong i = 0; i < 5; i++) { file = new Disk(); return Errno.None; } return Errno.EIO;")]
    [InlineData("file = null; try { file = Make(); } catch (IOException) { Console.WriteLine(1); } return {|LUO4006:Errno.None|};")]
    [InlineData("try { file = Make(); } catch (IOException) { file = null; return {|LUO4006:Errno.None|}; } return Errno.None;")]
    [InlineData("try { file = Make(); } catch (IOException) { file = default; return {|LUO4006:Errno.None|}; } return Errno.None;")]
    [InlineData("try { file = Make(); } catch (IOException) { file = new Disk(); return Errno.None; } return Errno.None;")]
    [InlineData("file = null; return (Errno)Own.None;")]
    [InlineData("file = Make(); if (state.Size != 0) goto end; file = null; return Errno.EIO; end: Console.WriteLine(1); return Errno.None;")]
    [InlineData("file = Make(); file.Peer = null; return Errno.None;")]
    public Task A_retrieve_that_succeeds_without_a_file(string body) => FlowSource.VerifyAsync(FlowSource.Plain(
        retrieve: $"Errno Retrieve(in DiskState state, out Disk? file) {{ {body} }}",
        other: "private static Disk Make() => new(); private static class Own { public static readonly int None = 5; }"));

    internal static string Raw(string result, string type = "public sealed class RawHandler : ILiveUpdateFileHandler") => FlowSource.Code($$"""
        {{type}}
        {
            private readonly Errno _error = Enum.Parse<Errno>("EIO");
            public ReadOnlySpan<byte> Compatible => "raw-v1"u8;
            public FileHandlerCallbacks Callbacks => FileHandlerCallbacks.Required;
            public bool CanPreserve(LuoFile file) => file is Disk && _error == Errno.EIO;
            public int Preserve(ref LiveUpdateFileOpArgs args) => {{result}};
            public void Unpreserve(ref LiveUpdateFileOpArgs args) { }
            public int Retrieve(ref LiveUpdateFileOpArgs args) => -(int)_error;
            public void Finish(ref LiveUpdateFileOpArgs args) { }
            private static int Result() => 5;
        }
        """);

    private static string WithPreserve(string body) => FlowSource.Plain(
        preserve: $"Errno Preserve(Disk file, out DiskState state) {{ state = default; {body} }}",
        other: "private static Errno Check(Disk file) => file.Size == 0 ? Errno.EINVAL : Errno.None; private static void Set(out Errno error) => error = Errno.EIO;");
}
