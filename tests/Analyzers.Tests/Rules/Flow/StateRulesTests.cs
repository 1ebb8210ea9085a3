namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO4008 to LUO4011: what goes into the state, and what comes out of it.</summary>
public sealed class StateRulesTests
{
    [Theory]
    [InlineData("return new Disk { Size = (ulong)new byte[{|LUO4008:state.Size|}].Length };")]
    [InlineData("return new Disk { Size = (ulong)new List<int>((int){|LUO4008:state.Count|}).Count };")]
    [InlineData("for (ulong i = 0; i < {|LUO4008:state.Size|}; i++) _ = i; return new Disk();")]
    [InlineData("var all = new HashSet<ulong>(); for (ulong i = 0; i < {|LUO4008:state.Size|}; i++) { if (!all.Add(i)) throw new ErrnoException(Errno.EINVAL); } return new Disk();")]
    [InlineData("var left = new Queue<int>(); for (ulong i = 0; i < {|LUO4008:state.Size|}; i++) { if (!left.TryDequeue(out int next)) left.Enqueue(next); } return new Disk();")]
    [InlineData("ulong i = 0; while ({|LUO4008:state.Size|} > i) i++; return new Disk();")]
    [InlineData("ulong count = state.Size; for (ulong i = 0; i < {|LUO4008:count|}; i++) _ = i; return new Disk();")]
    [InlineData("int[] sizes = [1, 2]; return new Disk { Size = (ulong)sizes[{|LUO4008:state.Size|}] };")]
    [InlineData("List<ulong> sizes = [1, 2]; return new Disk { Size = sizes[{|LUO4008:state.Number|}] };")]
    [InlineData("Span<byte> bytes = new byte[8]; return new Disk { Size = (ulong)bytes[..{|LUO4008:state.Number|}].Length };")]
    [InlineData("return new Disk { Size = 1UL << {|LUO4008:state.Number|} };")]
    [InlineData("return new Disk { Kind = (DiskKind){|LUO4008:state.Kind|} };")]
    [InlineData("return Create((DiskKind){|LUO4008:state.Kind|});")]
    [InlineData("byte[] bytes = new byte[{|LUO4008:state.Size|}]; if (state.Size > 10) throw new ErrnoException(Errno.EINVAL); return new Disk { Number2 = bytes };")]
    [InlineData("try { return new Disk { Size = (ulong)new byte[{|LUO4008:state.Size|}].Length }; } finally { Create(default); }")]
    [InlineData("int[] sizes = [1, 2]; try { Create(default); } finally { _ = sizes[{|LUO4008:state.Number|}]; } return new Disk();")]
    [InlineData("return new Disk { OpenFlags = {|LUO4008:state.Flags|} };")]
    [InlineData("var disk = new Disk(); disk.OpenFlags = {|LUO4008:state.Flags|}; return disk;")]
    [InlineData("return Open(flags: {|LUO4008:state.Flags|}); static Disk Open(uint flags) => new Disk { OpenFlags = flags };")]
    [InlineData("return new Disk { Name = Encoding.UTF8.GetString({|LUO4008:state.Name|}) };")]
    public Task A_value_that_nobody_looked_at(string body) => FlowSource.VerifyAsync(WithRetrieve(body).Replace("Number2 = bytes", "Size = (ulong)bytes.Length", StringComparison.Ordinal));

    [Theory]
    [InlineData("return new Disk { Size = state.Size, Position = state.Position };")]
    [InlineData("if (state.Size > 10) throw new ErrnoException(Errno.EINVAL); return new Disk { Size = (ulong)new byte[state.Size].Length };")]
    [InlineData("if (state.Kind is not (0 or 1)) throw new ErrnoException(Errno.EINVAL); return new Disk { Kind = (DiskKind)state.Kind };")]
    [InlineData("Validate(in state); return new Disk { Size = (ulong)new byte[state.Size].Length };")]
    [InlineData("CheckSize(state.Size); return new Disk { Size = (ulong)new byte[state.Size].Length };")]
    [InlineData("ulong size = state.Size; if (size > 10) throw new ErrnoException(Errno.EINVAL); return new Disk { Size = (ulong)new byte[size].Length };")]
    [InlineData("ulong size = state.Size; if (state.Size > 10) throw new ErrnoException(Errno.EINVAL); return new Disk { Size = (ulong)new byte[size].Length };")]
    [InlineData("return new Disk { Size = (ulong)new byte[Math.Min(state.Size, 10)].Length };")]
    [InlineData("return new Disk { Size = (ulong)new byte[state.Size & 0xff].Length };")]
    [InlineData("for (ulong i = 0; i < state.Size && i < 16; i++) _ = i; return new Disk();")]
    [InlineData("var left = new Queue<int>(); for (ulong i = 0; i < state.Size; i++) { if (!left.TryDequeue(out int next) || next == 0) throw new ErrnoException(Errno.EINVAL); } return new Disk();")]
    [InlineData("var left = new Queue<int>(); for (ulong i = 0; i < state.Size; i++) { if (!left.TryDequeue(out _)) break; } return new Disk();")]
    [InlineData("var array = KhoVmallocArray<ulong>.FindInherited(kho, default, state.Size); for (ulong i = 0; i < state.Size; i++) _ = array[i]; array.RestoreFree(); return new Disk();")]
    [InlineData("return new Disk { Size = state.Size << 12 };")]
    [InlineData("return new Disk { Kind = (DiskKind)(state.Kind & 1) };")]
    [InlineData("return state.Kind switch { 0 => new Disk(), 1 => new Disk { Kind = (DiskKind)state.Kind }, _ => throw new ErrnoException(Errno.EINVAL) };")]
    [InlineData("if (!Enum.IsDefined((DiskKind)state.Kind)) throw new ErrnoException(Errno.EINVAL); return new Disk { Kind = (DiskKind)state.Kind };")]
    [InlineData("Dictionary<ulong, int> known = new() { [1] = 2 }; return new Disk { Segment = known.GetValueOrDefault(state.Size) };")]
    [InlineData("var file = new Memfd(kho.Pages); file.AddSeals((MemfdSeals)state.Kind); file.Put(); return new Disk();")]
    [InlineData("Span<byte> bytes = new byte[8]; try { return new Disk { Size = (ulong)bytes[..state.Number].Length }; } finally { Validate(in state); }")]
    [InlineData("int[] sizes = [1, 2]; try { return new Disk { Size = (ulong)sizes[state.Number] }; } catch (IndexOutOfRangeException e) { throw new ErrnoException(Errno.EINVAL, e.Message, e); }")]
    [InlineData("if ((state.Flags & ~3u) != 0) throw new ErrnoException(Errno.EINVAL); return new Disk { OpenFlags = state.Flags };")]
    [InlineData("return new Disk { OpenFlags = state.Flags & 3 };")]
    [InlineData("return new Disk { Size = state.Flags, OpenFlags = state.Count };")]
    [InlineData("Validate(flags: state.Flags); return new Disk { OpenFlags = state.Flags }; static void Validate(uint flags) { }")]
    [InlineData("return new Disk { Name = Encoding.UTF8.GetString(state.Name).TrimEnd('\\0') };")]
    [InlineData("ReadOnlySpan<byte> name = state.Name; return new Disk { Name = Encoding.UTF8.GetString(name[..{|LUO4008:name.IndexOf((byte)0)|}]) };")]
    [InlineData("return Open(flags: state.Count); static Disk Open(uint flags) => new Disk { OpenFlags = flags };")]
    [InlineData("return Open(value: state.Flags); static Disk Open(uint value) => new Disk { Size = value };")]
    public Task A_value_that_is_looked_at_or_decides_nothing(string body) => FlowSource.VerifyAsync(WithRetrieve(body));

    [Fact]
    public Task The_raw_handle_is_not_trusted_either() => FlowSource.VerifyAsync(FlowSource.Code("""
        [LiveUpdateFileHandler("raw-v1")]
        public sealed partial class RawHandler
        {
            bool CanPreserve(Disk file) => true;
            void Preserve(Disk file, out ulong serializedData) => serializedData = file.Size;
            void Unpreserve() { }
            Disk Retrieve(ulong serializedData) => new Disk { Size = (ulong)new byte[{|LUO4008:serializedData|}].Length };
            void Finish() { }
        }
        """));

    [Theory]
    [InlineData("state = new DiskState { Count = {|LUO4009:(uint)file.Size|} };")]
    [InlineData("state = default; state.Segment = {|LUO4009:(ushort)file.Segment|};")]
    [InlineData("state = default; state.Count = unchecked({|LUO4009:(uint)file.Size|});")]
    [InlineData("ulong size = file.Size; state = new DiskState { Number = {|LUO4009:(int)size|} };")]
    [InlineData("state = new DiskState { Size = (ulong)({|LUO4009:file.Segment << 16|} | 1) };")]
    [InlineData("state = new DiskState { Count = {|LUO4009:(uint)file.Size|} }; if (file.Size > 5) throw new ErrnoException(Errno.EFBIG);")]
    [InlineData("ulong size = file.Size; ulong copy = size; state = new DiskState { Count = {|LUO4009:(uint)copy|} };")]
    [InlineData("int count = file.Folios.Count; state = new DiskState { Segment = {|LUO4009:(ushort)count|} };")]
    public Task A_value_that_is_cut(string body) => FlowSource.VerifyAsync(WithPreserve(body));

    [Theory]
    [InlineData("state = new DiskState { Count = checked((uint)file.Size) };")]
    [InlineData("if (file.Size > uint.MaxValue) throw new ErrnoException(Errno.EFBIG); state = new DiskState { Count = (uint)file.Size };")]
    [InlineData("ulong size = file.Size; if (size > 4096) throw new ErrnoException(Errno.EFBIG); state = new DiskState { Count = (uint)size };")]
    [InlineData("ArgumentOutOfRangeException.ThrowIfGreaterThan(file.Size, 10ul); state = new DiskState { Count = (uint)file.Size };")]
    [InlineData("state = new DiskState { Count = (uint)(file.Size & 0xff) };")]
    [InlineData("state = new DiskState { Count = (uint)(file.Size >> 32) };")]
    [InlineData("state = new DiskState { Size = (ulong)file.Segment };")]
    [InlineData("state = new DiskState { Number = (int)12L, Count = (uint)file.Kind };")]
    [InlineData("uint hash = (uint)file.Size; state = new DiskState { Count = hash };")]
    [InlineData("state = new DiskState { Size = (ulong)file.Segment << 16 };")]
    [InlineData("state = new DiskState { Size = (ulong)((byte)1 << 16) };")]
    [InlineData("checked { state = new DiskState { Count = (uint)file.Size }; }")]
    [InlineData("state = new DiskState { Count = (uint)file.Size, Number = (int)(file.Size >> 32) };")]
    [InlineData("ulong serial = file.Serial; state = new DiskState { Number = (int)(serial >> 32), Count = (uint)serial };")]
    [InlineData("int count = Math.Min(file.Segment, 100); state = new DiskState { Segment = (ushort)count };")]
    [InlineData("ulong hash = 17; foreach (Folio each in file.Folios) hash = hash * 31 + each.Pfn.Value; state = new DiskState { Count = (uint)hash };")]
    [InlineData("state = new DiskState { Segment = (ushort)file.Bounded };")]
    [InlineData("state = new DiskState { Segment = (ushort)file.Peer!.Port, Count = (uint)file.Folios[0].Order };")]
    [InlineData("Limits.Check(file); state = new DiskState { Count = (uint)file.Size };")]
    public Task A_value_that_is_whole(string body) => FlowSource.VerifyAsync(WithPreserve(body));

    [Theory]
    [InlineData("bool CanPreserve(Disk file) => file.Size <= uint.MaxValue;")]
    [InlineData("bool CanPreserve(Disk file) => file is { Size: < 4096 };")]
    [InlineData("bool CanPreserve(Disk file) => IsSmall(file); private static bool IsSmall(Disk file) => file.Size < 4096;")]
    public Task A_value_that_CanPreserve_limits(string canPreserve) => FlowSource.VerifyAsync(FlowSource.Plain(
        canPreserve: canPreserve, preserve: "void Preserve(Disk file, out DiskState state) => state = new DiskState { Count = (uint)file.Size };"));

    [Theory]
    [InlineData("void Preserve(Disk file, out DiskState state) => state = new DiskState { Size = file.Size, {|LUO4010:Position = file.Position|} };", "void Freeze(Disk file, ref DiskState state) => state.Size = file.Size;")]
    [InlineData("void Preserve(Disk file, out DiskState state) => state = new DiskState { Size = file.Size, Position = file.Position };", "void Freeze(Disk file, ref DiskState state) { state.Size = file.Size; state.Position = file.Position; }")]
    [InlineData("void Preserve(Disk file, out DiskState state) => state = new DiskState { Size = file.Size, Position = file.Serial };", "void Freeze(Disk file, ref DiskState state) => state.Size = file.Size;")]
    [InlineData("void Preserve(Disk file, out DiskState state) => state = new DiskState { Size = file.Size, Position = file.Position };", "void Freeze(Disk file, ref DiskState state) => state = new DiskState { Size = file.Size };")]
    [InlineData("void Preserve(Disk file, out DiskState state) => state = new DiskState { Size = file.Size, Position = file.Position };", "void Freeze(Disk file, ref DiskState state) { state.Size = file.Size; Renew(ref state); }")]
    [InlineData("void Preserve(Disk file, out DiskState state) { file.Lock(); state = new DiskState { Size = file.Size, Position = file.Position }; }", "void Freeze(Disk file, ref DiskState state) => state.Size = file.Size;")]
    [InlineData("void Preserve(Disk file, out DiskState state) => state = new DiskState { Size = file.Size, Position = file.Position };", "void Freeze(ref DiskState state) => state.Count = 1;")]
    public Task State_that_is_renewed(string preserve, string freeze) => FlowSource.VerifyAsync(FlowSource.Plain(
        preserve: preserve, other: freeze + " private static void Renew(ref DiskState state) => state.Position = 0;"));

    [Theory]
    [InlineData("private ulong _size;", "_size = file.Size;", "return new Disk { Size = {|LUO4011:_size|} };")]
    [InlineData("private static ulong s_size;", "s_size++;", "return new Disk { Size = {|LUO4011:s_size|} };")]
    [InlineData("private ulong Size { get; set; }", "Size = file.Size;", "return new Disk { Size = {|LUO4011:Size|} };")]
    [InlineData("private readonly Dictionary<ulong, ulong> _sizes = [];", "_sizes[1] = file.Size;", "return new Disk { Size = {|LUO4011:_sizes|}[1] };")]
    [InlineData("private readonly List<ulong> _sizes = [];", "_sizes.Add(file.Size);", "return new Disk { Size = {|LUO4011:_sizes|}[0] };")]
    [InlineData("private ulong _size; private ulong Read() => {|LUO4011:_size|};", "_size = file.Size;", "return new Disk { Size = Read() };")]
    [InlineData("private readonly ulong _size; public DiskHandler(ulong size) => _size = size;", "_ = _size;", "return new Disk { Size = _size };")]
    [InlineData("private const ulong Size = 1;", "_ = Size;", "return new Disk { Size = Size };")]
    [InlineData("private ulong _count; public ulong Count => _count;", "_count++;", "return new Disk();")]
    [InlineData("private ulong _size;", "_size = file.Size;", "_size = 5; return new Disk { Size = _size };")]
    [InlineData("private readonly List<ulong> _sizes = [];", "_ = _sizes.Count;", "return new Disk { Size = (ulong)_sizes.Count };")]
    [InlineData("private readonly Dictionary<ulong, ulong> _sizes = [];", "_sizes[1] = file.Size;", "return new Disk { Size = _sizes.TryGetValue(1, out ulong size) ? size : 0 };")]
    [InlineData("private readonly HashSet<ulong> _busy = [];", "_busy.Add(file.Size);", "return _busy.Contains(state.Size) ? throw new ErrnoException(Errno.EBUSY) : new Disk();")]
    [InlineData("private ulong _count;", "_count++;", "Console.WriteLine($\"{_count} so far\"); return new Disk();")]
    [InlineData("private string? _last;", "_last = \"a\";", "LogLast(_last); return new Disk(); static void LogLast(string? text) { }")]
    [InlineData("private ulong _count;", "_count++;", "Console.WriteLine(_count); return new Disk();")]
    [InlineData("private ulong _count;", "_count++;", "return new Disk { Name = $\"disk {_count}\" };")]
    public Task Fields_of_the_handler(string field, string inPreserve, string inRetrieve) => FlowSource.VerifyAsync(FlowSource.Plain(
        preserve: $"void Preserve(Disk file, out DiskState state) {{ {inPreserve} state = new DiskState {{ Size = file.Size }}; }}",
        retrieve: $"Disk Retrieve(in DiskState state) {{ {inRetrieve} }}",
        other: field));

    private static string WithRetrieve(string body) => FlowSource.Plain(
        retrieve: $"Disk Retrieve(in DiskState state, IKho kho) {{ {body} }}",
        other: """
            private static Disk Create(DiskKind kind) => new Disk { Kind = kind };
            private static void Validate(in DiskState state) { if (state.Size > 10) throw new ErrnoException(Errno.EINVAL); }
            private static void CheckSize(ulong size) { if (size > 10) throw new ErrnoException(Errno.EINVAL); }
            """);

    private static string WithPreserve(string body) => FlowSource.Plain(preserve: $"void Preserve(Disk file, out DiskState state) {{ {body} }}")
        + "internal static class Limits { public static void Check(Disk file) { if (file.Size > uint.MaxValue) throw new ErrnoException(Errno.EFBIG); } }";
}
