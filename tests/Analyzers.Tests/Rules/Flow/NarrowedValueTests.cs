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
    public Task Cut(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("state = new State { Number = (float)file.Size, Half = (ushort)part };")]
    [InlineData("state = new State { Count = (uint)(file.Segment << 16) };")]
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
    public Task Whole(string body) => VerifyAsync(body);

    private static Task VerifyAsync(string body) => FlowSource.VerifyAsync(FlowSource.Code($$"""
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
            {{FlowSource.CanPreserve}}
            void Preserve(Disk file, out State state) { byte small = (byte)file.Folios.Count; ushort part = small; uint count = small; {{body}} _ = part + count; }
            void Unpreserve() { }
            Disk Retrieve() => new();
            void Finish() { }
        }
        """));
}
