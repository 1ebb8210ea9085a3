namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO4006 where a file or an object is null: as the result, and as what is set before a success; and what a jump to a label returns.</summary>
public sealed class NullResultTests
{
    [Theory]
    [InlineData("return {|LUO4006:null|}!;")]
    [InlineData("return {|LUO4006:default|}!;")]
    [InlineData("return ({|LUO4006:null|});")]
    [InlineData("return state.Position == 1 ? {|LUO4006:null|}! : new Disk();")]
    [InlineData("return state.Position switch { 1 => new Disk(), _ => {|LUO4006:null|}! };")]
    [InlineData("return {|LUO4006:_known.GetValueOrDefault(state.Position)|}!;")]
    [InlineData("return {|LUO4006:_all.Find(disk => disk.Size > 1)|}!;")]
    [InlineData("return {|LUO4006:_all.FindLast(disk => disk.Size > 1)|}!;")]
    [InlineData("return {|LUO4006:Array.Find(_some, disk => disk.Size > 1)|}!;")]
    [InlineData("return {|LUO4006:_all.FirstOrDefault(disk => disk.Size > 1)|}!;")]
    [InlineData("var disk = {|LUO4006:_all.SingleOrDefault()|}; return disk!;")]
    [InlineData("return state.Position == 1 ? {|LUO4006:_all.LastOrDefault()|}! : new Disk();")]
    public Task A_null_result(string body) => VerifyAsync($"Disk Retrieve(in DiskState state) {{ if (state.Size == 1) return new Disk {{ Size = state.Size }}; {body} }}");

    [Fact]
    public Task A_failure_that_is_meant() => VerifyAsync("Disk? Retrieve(in DiskState state) { if (state.Size == 1) return new Disk { Size = state.Size }; return null; }");

    [Theory]
    [InlineData("return _all[0];")]
    [InlineData("return _known.GetValueOrDefault(state.Position, new Disk());")]
    [InlineData("return _all.FirstOrDefault(new Disk());")]
    [InlineData("if (!_known.ContainsKey(state.Position)) throw new ErrnoException(Errno.ENOENT); return _known.GetValueOrDefault(state.Position)!;")]
    [InlineData("return _known.GetValueOrDefault(state.Position) ?? throw new ErrnoException(Errno.ENOENT);")]
    [InlineData("var disk = _all.FirstOrDefault(); return disk ?? throw new ErrnoException(Errno.ENOENT);")]
    [InlineData("var disk = _all.FirstOrDefault(); if (disk is null) throw new ErrnoException(Errno.ENOENT); return disk;")]
    [InlineData("var disk = _all.FirstOrDefault(); disk = new Disk(); return disk;")]
    [InlineData("return Own.FirstOrDefault();")]
    [InlineData("return new Own().Find();")]
    [InlineData("return Make().FirstOrDefault()!;")]
    [InlineData("Disk Inner() { return null!; } return new Disk { Size = (ulong)((Func<Disk>)Inner).GetHashCode() };")]
    [InlineData("return state.Position == 1 ? throw new ErrnoException(Errno.EINVAL) : new Disk();")]
    public Task A_result_that_is_there(string body) => VerifyAsync($"Disk Retrieve(in DiskState state) {{ if (state.Size == 1) return new Disk {{ Size = state.Size }}; {body} }}");

    [Theory]
    [InlineData("file = state.Position == 1 ? new Disk() : null; return {|LUO4006:Errno.None|};")]
    [InlineData("file = state.Position == 1 ? null : new Disk(); return {|LUO4006:Errno.None|};")]
    [InlineData("file = state.Position switch { 1 => new Disk(), _ => null }; return {|LUO4006:Errno.None|};")]
    [InlineData("file = _known.GetValueOrDefault(state.Position); return {|LUO4006:Errno.None|};")]
    [InlineData("file = state.Position == 1 ? new Disk() : null; ulong size = 1; size = state.Size; return {|LUO4006:Errno.None|};")]
    [InlineData("file = state.Position == 1 ? new Disk() : null; return file is null ? Errno.ENOENT : Errno.None;")]
    [InlineData("file = state.Position == 1 ? new Disk() : null; if (state.Position != 1) return Errno.ENOENT; return Errno.None;")]
    [InlineData("file = state.Position == 1 ? new Disk() : null; file ??= new Disk(); return Errno.None;")]
    [InlineData("file = state.Position == 1 ? new Disk() : null; Check(file is not null); return Errno.None;")]
    [InlineData("file = new Disk(); if (state.Size == 1) return Errno.None; file = state.Position == 1 ? new Disk() : null; return Errno.EINVAL;")]
    [InlineData("file = state.Position == 1 ? new Disk() : throw new ErrnoException(Errno.EINVAL); return Errno.None;")]
    [InlineData("file = null; file = file ?? new Disk(); return Errno.None;")]
    [InlineData("file = new Disk { Size = state.Size }; return _codes.GetValueOrDefault(state.Position);")]
    public Task A_success_without_a_file(string body) => VerifyAsync($"Errno Retrieve(in DiskState state, out Disk? file) {{ {body} }}");

    [Theory]
    [InlineData("return {|LUO4006:null|};")]
    [InlineData("return _isOn ? new Registry() : {|LUO4006:null|};")]
    [InlineData("return _isOn ? new Registry() : throw new ErrnoException(Errno.ENODEV);")]
    public Task An_object_of_an_FLB(string body) => FlowSource.VerifyAsync(FlowSource.Code($$"""
        public sealed class Registry;
        [LiveUpdateFlb("registry-v1")]
        public sealed partial class RegistryFlb
        {
            private readonly bool _isOn = Environment.ProcessId == 1;
            Registry? Preserve(out ulong serializedData) { serializedData = 1; {{body}} }
            void Unpreserve(Registry registry) { }
            Registry? Retrieve(ulong serializedData) { if (serializedData > 1) return new(); {{body}} }
            void Finish(Registry registry) { }
        }
        [LiveUpdateFileHandler("disk-v1"), UsesFlb<RegistryFlb>]
        public sealed partial class DiskHandler
        {
            bool CanPreserve(Disk file) => true;
            void Preserve(Disk file, out DiskState state, Registry registry) => state = new DiskState { Number = registry.GetHashCode() };
            void Unpreserve(Disk file) { }
            Disk Retrieve(in DiskState state, Registry registry) => new() { Segment = registry.GetHashCode() };
            void Finish(Disk? file) { }
        }
        """));

    // One that is not written yet gives nothing at all, and is found by another rule if it takes files.
    [Fact]
    public Task A_Retrieve_that_always_gives_null() => VerifyAsync("Disk Retrieve() => null!;", "bool CanPreserve(Disk file) => false;");

    [Theory]
    [InlineData("if (!TryRead(out _)) goto fail;", "error", "return {|LUO4006:error|};")]
    [InlineData("if (TryRead(out _) == false) goto fail;", "error", "return error;")]
    [InlineData("if (TryRead(out _)) goto fail;", "error", "return error;")]
    [InlineData("if (!TryRead(out _)) { error = Errno.EIO; goto fail; }", "error", "return error;")]
    [InlineData("if (!TryRead(out _)) goto fail;", "error", "error = Errno.EIO; return error;")]
    [InlineData("if (!TryRead(out _)) goto fail;", "error", "if (error == Errno.None) error = Errno.EIO; return error;")]
    [InlineData("if (!TryRead(out _)) goto fail;", "Errno.EIO", "return Errno.EIO;")]
    [InlineData("Errno other = Step(); if (other != Errno.None) goto fail;", "error", "return {|LUO4006:error|};")]
    [InlineData("if (Step() != Errno.None) goto fail;", "error", "return {|LUO4006:error|};")]
    [InlineData("if (state.Position == 3) goto fail;", "error", "return error;")]
    public Task A_jump_to_a_return(string jump, string first, string end) => VerifyAsync($$"""
        Errno Retrieve(in DiskState state, out Disk? file)
        {
            file = null;
            Errno error = Errno.EINVAL;
            for (ulong i = 0; i < 4; i++)
            {
                {{jump}}
                error = Step();
                if (error != Errno.None)
                    return {{first}};
            }
            file = new Disk { Size = state.Size };
            return Errno.None;
        fail:
            Console.WriteLine(1);
            {{end}}
        }
        private static bool TryRead(out ulong value) { value = 1; return true; }
        private static Errno Step() => Errno.EIO;
        """);

    private static Task VerifyAsync(string retrieve, string canPreserve = FlowSource.CanPreserve) => FlowSource.VerifyAsync("using System.Linq;\n" + FlowSource.Plain(canPreserve, retrieve: retrieve, other: """
        private readonly Dictionary<ulong, Disk> _known = [];
        private readonly Dictionary<ulong, Errno> _codes = [];
        private readonly List<Disk> _all = [];
        private readonly Disk[] _some = [];
        private static IEnumerable<Disk> Make() => [new Disk()];
        private static void Check(bool isRight) { if (!isRight) throw new ErrnoException(Errno.EINVAL); }
        private sealed class Own { public static Disk FirstOrDefault() => new(); public Disk Find() => new(); }
        """));
}
