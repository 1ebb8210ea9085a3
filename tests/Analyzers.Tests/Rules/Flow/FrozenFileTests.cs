namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO4010 and LUO4013 in detail: what Freeze renews, and what it changes of the file.</summary>
public sealed class FrozenFileTests
{
    private const string Preserve = "void Preserve(Tape file, out TapeState state) => state = new TapeState { Size = file.Size, Position = file.Position };";

    [Theory]
    [InlineData("void {|LUO4013:Freeze|}(Tape file) => file.Size = 1;")]
    [InlineData("void {|LUO4013:Freeze|}(Tape file) => file.StopAt(1);")]
    [InlineData("void Freeze(Tape file) => file.Rewind(1);")]
    [InlineData("void Freeze(Tape file, ref TapeState state) { file.Save(ref state.Size); file.Save(ref state.Position); }")]
    [InlineData("void Freeze(Tape file, ref TapeState state) { file.Read(out state.Size); file.Read(out state.Position); }")]
    [InlineData("void Freeze(Tape file) { _last = file.Size; _other.StopAt(1); _other.Size = 2; _other.Size++; }")]
    [InlineData("void Freeze() => _other.StopAt(1);")]
    [InlineData("void Freeze() => _other.Size = 1;")]
    [InlineData("void Freeze(Tape file) => file.Get();")]
    [InlineData("void Freeze(Tape file) => file.Note(1);")]
    [InlineData("void Freeze(Tape file) { ulong size = 0; size = 1; _ = size; file.Size = size; }")]
    public Task Changes_of_the_file(string freeze) => VerifyAsync(Preserve, freeze);

    [Theory]
    [InlineData("state = new TapeState { Size = file.Size, {|LUO4010:Position = file.Position|} };", "state.Size = file.Size;")]
    [InlineData("state = new TapeState { Size = file.Size, {|LUO4010:Position = file.Length|} };", "state.Size = file.Size;")]
    [InlineData("state = new TapeState { Size = file.Size, Position = file.Fixed };", "state.Size = file.Size;")]
    [InlineData("state = new TapeState { Size = file.Size, Position = file.Hidden };", "state.Size = file.Size;")]
    [InlineData("state = new TapeState { Size = file.Size, Position = file.Inner };", "state.Size = file.Size;")]
    [InlineData("state = new TapeState { Size = file.Size, Position = _other.Position };", "state.Size = file.Size;")]
    [InlineData("state = new TapeState { Size = file.Size, Position = file.Position };", "state.Size = _other.Size;")]
    [InlineData("state = new TapeState { Size = file.Size, Position = file.Position };", "state.Size = file.Size; state.Position++;")]
    [InlineData("state = new TapeState { Size = file.Size, {|LUO4010:Position = file.Position|} }; Keep(file);", "state.Size = file.Size;")]
    [InlineData("state = new TapeState { Size = file.Size, Position = 1 }; _last = file.Position;", "state.Size = file.Size;")]
    [InlineData("state = new TapeState { Size = file.Size }; _other.Position = file.Position;", "state.Size = file.Size;")]
    [InlineData("state = new TapeState { Size = file.Size }; Fill(_spare, ref state);", "state.Size = file.Size;")]
    public Task What_is_renewed(string preserve, string freeze) =>
        VerifyAsync($"void Preserve(Tape file, out TapeState state) {{ {preserve} }}", $"void Freeze(Tape file, ref TapeState state) {{ {freeze} }}");

    private static Task VerifyAsync(string preserve, string freeze) => FlowSource.VerifyAsync(FlowSource.Code($$"""
        public sealed class Tape : LuoFile
        {
            public ulong Size { get; set; }
            public ulong Position { get; set; }
            public ulong Length;
            public readonly ulong Fixed = 1;
            public ulong Hidden { get; private set; }
            public ulong Inner { get; internal set; }
            public void Rewind(ulong position) => Hidden = position;
            public void StopAt(ulong position) => Hidden = position;
            public void Note(ulong position) => Inner = position;
            public void Save(ref ulong value) => value = Size;
            public void Read(out ulong value) => value = Size;
        }
        [PreservedState] public struct TapeState { public ulong Size, Position; }

        [LiveUpdateFileHandler("tape-v1")]
        public sealed partial class TapeHandler
        {
            private ulong _last;
            private readonly Tape _other = new();
            private readonly Disk _spare = new();
            private static void Fill(Disk spare, ref TapeState state) => state.Position = spare.Position;
            bool CanPreserve(Tape file) => file.Size > _last;
            {{preserve}}
            void Unpreserve() { }
            {{freeze}}
            Tape Retrieve(in TapeState state) => new() { Size = state.Size, Position = state.Position };
            void Finish() { }
            private static void Keep(Tape file) => _ = file;
        }
        """));
}
