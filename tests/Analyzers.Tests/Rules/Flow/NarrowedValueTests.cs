namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO4009 in detail: which conversions and shifts lose bits on their way into the state.</summary>
public sealed class NarrowedValueTests
{
    [Theory]
    [InlineData("state = new State { Half = {|LUO4009:(ushort)file.Segment|}, Low = {|LUO4009:(byte)file.Segment|} };")]
    [InlineData("state = new State(0) { Width = {|LUO4009:(uint)file.Size|} };")]
    [InlineData("state = new State({|LUO4009:(uint)file.Size|});")]
    [InlineData("if (file.Position > 5) throw new ErrnoException(Errno.EFBIG); state = new State({|LUO4009:(uint)file.Size|});")]
    [InlineData("state = new State { Whole = (ulong)({|LUO4009:small << 24|}) };")]
    [InlineData("state = new State { Whole = (ulong)({|LUO4009:part << 16|}) };")]
    [InlineData("state = new State { Whole = {|LUO4009:count << 1|} };")]
    [InlineData("state = new State { Whole = (ulong)(1 + ({|LUO4009:file.Segment << 16|})) };")]
    [InlineData("state = new State { Whole = (ulong)(({|LUO4009:file.Segment << 16|}) ^ 1) };")]
    [InlineData("int wide = {|LUO4009:file.Segment << 16|}; state = new State { Whole = (ulong)wide };")]
    [InlineData("state = new State({|LUO4009:(uint)file.Unit.Loose|});")]
    [InlineData("if (file is { Position: > 5 }) throw new ErrnoException(Errno.EFBIG); state = new State({|LUO4009:(uint)file.Size|});")]
    [InlineData("Limits.Check(other); state = new State({|LUO4009:(uint)file.Size|});")]
    [InlineData("for (int i = 0; i < 5; i++) { file.Segment++; } state = new State({|LUO4009:(uint)file.Size|});")]
    [InlineData("int pages = {|LUO4009:(int)Page.CountFor(file.Size)|}; for (int i = 0; i < pages; i++) file.Segment++; state = default;")]
    [InlineData("state = new State({|LUO4009:(uint)file.Size|}); Limits.IsSmall(file);")]
    public Task Cut(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("state = new State { Number = (float)file.Size, Half = (ushort)part };")]
    [InlineData("state = new State { Count = (uint)(file.Segment << 16) };")]
    [InlineData("int wide = file.Segment << 16; wide = 5; state = new State { Whole = (ulong)wide };")]
    [InlineData("long wide = file.Segment << 16; state = new State { Whole = (ulong)wide };")]
    [InlineData("long wide = file.Segment; state = new State { Whole = (ulong)(wide << 40) };")]
    [InlineData("const int One = 1; state = new State { Whole = (ulong)(One << 20) };")]
    [InlineData("state = new State { Whole = (ulong)((file.Segment & 0xff) << 16) };")]
    [InlineData("state = new State { Whole = (ulong)(file.Segment * 4) };")]
    [InlineData("state = new State { Whole = (ulong)(small << 23) };")]
    [InlineData("state = new State { Whole = (uint)part << 16 };")]
    [InlineData("state = new State { Whole = (ulong)(file.Segment >> 4) };")]
    [InlineData("state = new State { Whole = checked((ulong)(file.Segment << 16)) };")]
    [InlineData("state = default; file.Segment = (int)file.Size;")]
    [InlineData("if (file.Size is > 5) throw new ErrnoException(Errno.EFBIG); state = new State((uint)file.Size);")]
    [InlineData("file.Segment = file.Size switch { > 5 => 1, _ => 0 }; state = new State((uint)file.Size);")]
    [InlineData("state = new State((uint)file.Unit.Tight);")]
    [InlineData("state = new State((uint)file.Unit.Sure);")]
    [InlineData("if (!Limits.IsSmall(file)) throw new ErrnoException(Errno.EFBIG); state = new State((uint)file.Size);")]
    [InlineData("if (Limits.Test(file) != Errno.None) throw new ErrnoException(Errno.EFBIG); state = new State((uint)file.Size);")]
    [InlineData("ulong size = file.Size; size++; state = new State((uint)size);")]
    [InlineData("ulong size = file.Size; Limits.Cut(ref size); state = new State((uint)size);")]
    [InlineData("int pages = (int)Limits.CountFor(file.Size); state = default; _ = pages;")]
    [InlineData("int pages = (int)Page.CountFor(file.Size); for (int i = 0; i < 5; i++) if ((ulong)pages != Page.CountFor(file.Size)) throw new ErrnoException(Errno.EFBIG); state = default;")]
    [InlineData("Limits.AllocatePreserved((int)file.Size); state = default;")]
    [InlineData("state = default; _ = System.Buffers.Binary.BinaryPrimitives.ReverseEndianness((uint)file.Size);")]
    public Task Whole(string body) => VerifyAsync(body);

    // In a method that both callbacks call.
    [Theory]
    [InlineData("state.Count = {|LUO4009:(uint)file.Size|};")]
    [InlineData("state.Size = (ulong)({|LUO4009:file.Segment << 16|} | 1);")]
    public Task Told_once(string body) => FlowSource.VerifyAsync(FlowSource.Plain(
        preserve: "void Preserve(Disk file, out DiskState state) { state = default; Fill(file, ref state); }",
        other: $$"""
            void Freeze(Disk file, ref DiskState state) => Fill(file, ref state);
            private static void Fill(Disk file, ref DiskState state) { {{body}} }
            """));

    private static Task VerifyAsync(string body) => FlowSource.VerifyAsync(FlowSource.Code($$"""
        public sealed class Unit(ulong loose, ulong sure)
        {
            private static readonly ulong s_most = 5;
            public Unit(ulong loose, ulong tight, ulong sure) : this(loose, sure)
            {
                if (tight > s_most) throw new ArgumentOutOfRangeException(nameof(tight));
                Tight = tight;
            }
            public ulong Loose => loose;
            public ulong Tight { get; }
            public ulong Sure => sure;
            public ulong Number { get; } = sure < 9 ? sure : throw new ArgumentOutOfRangeException(nameof(sure));
        }
        public sealed class Tape : LuoFile
        {
            public ulong Size { get; set; }
            public ulong Position { get; set; }
            public int Segment { get; set; }
            public List<Folio> Folios { get; } = [];
            public Unit Unit { get; } = new(1, 2, 3);
        }
        public static class Limits
        {
            public static void Check(Tape? file) { if (file?.Size > 5) throw new ErrnoException(Errno.EFBIG); }
            public static bool IsSmall(Tape file) => file.Size < 5;
            public static Errno Test(Tape file) => file.Size < 5 ? Errno.None : Errno.EFBIG;
            public static void Cut(ref ulong size) => size &= 5;
            public static ulong CountFor(ulong size) => size & 5;
            public static void AllocatePreserved(int size) => _ = size;
        }
        [PreservedState] public struct State
        {
            public ulong Whole;
            public uint Count;
            public float Number;
            public ushort Half;
            public byte Low, Padding;
            public uint Width { get; set; }
            public State(uint count) => Count = count;
        }

        [LiveUpdateFileHandler("disk-v1")]
        public sealed partial class DiskHandler
        {
            bool CanPreserve(Tape file) => true;
            void Preserve(Tape file, out State state) { Tape? other = null; byte small = (byte)file.Folios.Count; ushort part = small; uint count = small; {{body}} _ = part + count; _ = other; }
            void Unpreserve() { }
            Tape Retrieve() => new();
            void Finish() { }
        }
        """));
}
