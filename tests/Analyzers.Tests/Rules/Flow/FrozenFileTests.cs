namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO4010 and LUO4013 in detail: what Freeze renews, and what it changes of the file.</summary>
public sealed class FrozenFileTests
{
    private const string Preserve = "void Preserve(Tape file, out TapeState state) => state = new TapeState { Size = file.Size, Position = file.Position };";

    private const string WholeSize = "void Freeze(Tape file, ref TapeState state) => state.Size = file.Size;";

    [Theory]
    [InlineData("private ulong _at; public ulong At => _at; public void Seek(ulong at) => _at = at;", true)]
    [InlineData("private ulong _at; public ulong At { get => _at; } public void Seek(ulong at) => _at += at;", true)]
    [InlineData("private ulong _at; public ulong At { get { return _at; } } public void Seek() { _at++; }", true)]
    [InlineData("private ulong _at; public ulong At => this._at; public void Seek() { --_at; }", true)]
    [InlineData("private ulong _at, _end; public ulong At => _at; public void Seek(ulong at) => (_at, _end) = (at, _end);", true)]
    [InlineData("private ulong _at; public ulong At => _at; public void Seek(ulong at) { this._at = at; }", true)]
    [InlineData("private ulong _at; public ulong At => _at; public void Seek() => Set(ref _at); private static void Set(ref ulong at) => at = 1;", true)]
    [InlineData("private ulong _at; public ulong At => _at; public Film() => _at = 1;", false)]
    [InlineData("private ulong _at; public ulong At => _at; private void Seek(ulong at) => _at = at;", false)]
    [InlineData("private ulong _at; public ulong At => _at; public void RestoreAt(ulong at) => _at = at;", false)]
    [InlineData("private ulong _at; public ulong At => _at; public ulong Twice(ulong at) => _at == at ? _at + at : at;", false)]
    [InlineData("private ulong _at, _end; public ulong At => _at; public void Seek(ulong at) => _end = at; public ulong End() => _end;", false)]
    [InlineData("private readonly ulong _at; public ulong At => _at; public void Seek(ulong at) { }", false)]
    [InlineData("private ulong _at; public ulong At => _at + 1; public void Seek(ulong at) => _at = at;", false)]
    [InlineData("private static ulong s_at; public ulong At => s_at; public void Seek(ulong at) => s_at = at;", false)]
    [InlineData("private ulong _at; public ulong At => _at; public static void Reset(Film film) => film._at = 0; public static ulong Any(ulong _at) => _at = 1;", false)]
    [InlineData("private ulong _at; public ulong At => _at; protected override void Release() => _at = 0;", false)]
    public Task A_property_that_gives_a_field(string members, bool changes) => FlowSource.VerifyAsync(FlowSource.Code($$"""
        public sealed class Film : LuoFile { {{members}} public ulong Size { get; set; } }
        [PreservedState] public struct FilmState { public ulong Size, At; }
        [LiveUpdateFileHandler("film-v1")]
        public sealed partial class FilmHandler
        {
            bool CanPreserve(Film file) => true;
            void Preserve(Film file, out FilmState state) => state = new FilmState { Size = file.Size, {{(changes ? "{|LUO4010:At = file.At|}" : "At = file.At")}} };
            void Freeze(Film file, ref FilmState state) => state.Size = file.Size;
            void Unpreserve() { }
            Film Retrieve(in FilmState state) => new() { Size = state.Size + state.At };
            void Finish() { }
        }
        """));

    [Theory]
    [InlineData("foreach (Part part in file.Parts) parts[i++] = new PartState { Address = Take(part.Page, kho), {|LUO4010:Flags = part.IsDirty ? 1u : 0u|} };", WholeSize)]
    [InlineData("foreach (Part part in file.Parts) { parts[i++] = new() { Address = Take(part.Page, kho), {|LUO4010:Flags = part.Flags|} }; }", WholeSize)]
    [InlineData("foreach (Part part in file.Parts) parts[i++] = new PartState { Address = Take(part.Page, kho), Flags = part.Fixed };", WholeSize)]
    [InlineData("foreach (Part part in file.Parts) { part.Lock(); parts[i++] = new PartState { Address = Take(part.Page, kho), Flags = part.Flags }; }", WholeSize)]
    [InlineData("foreach (Part part in file.Parts) { Keep(part); parts[i++] = new PartState { Address = Take(part.Page, kho), Flags = part.Flags }; }", WholeSize)]
    [InlineData("foreach (Part part in _own) parts[i++] = new PartState { Address = Take(part.Page, kho), Flags = part.Flags };", WholeSize)]
    [InlineData("foreach (Part part in file.Parts) { var entry = new PartState { Address = Take(part.Page, kho), Flags = part.Flags }; parts[i++] = entry; }", WholeSize)]
    [InlineData("var plain = new PartState[9]; foreach (Part part in file.Parts) plain[i++] = new PartState { Address = Take(part.Page, kho), Flags = part.Flags };", WholeSize)]
    [InlineData("foreach (Part part in file.Parts) parts[i++] = new PartState { Address = Take(part.Page, kho), Flags = part.Flags };", "")]
    [InlineData("foreach (Part part in file.Parts) parts[i++] = new PartState { Address = Take(part.Page, kho), Flags = part.Flags };", "void Freeze(Tape file, ref TapeState state) { state.Size = file.Size; Renew(file); } private static void Renew(Tape file) { }")]
    public Task Elements(string loop, string freeze) => FlowSource.VerifyAsync(FlowSource.Code($$"""
        public sealed class Part { public Folio Page { get; set; } public uint Flags { get; set; } public bool IsDirty { get; set; } public uint Fixed { get; init; } public void Lock() { } }
        public sealed class Tape : LuoFile { public ulong Size { get; set; } public List<Part> Parts { get; } = []; }
        [PreservedState] public struct PartState { public PhysicalAddress Address; public uint Flags, Padding; }
        [PreservedState] public struct TapeState { public ulong Size, Count; public KhoVmalloc<PartState> Parts; }
        [LiveUpdateFileHandler("tape-v1")]
        public sealed partial class TapeHandler
        {
            private readonly List<Part> _own = [];
            bool CanPreserve(Tape file) => true;
            void Preserve(Tape file, out TapeState state, IKho kho)
            {
                using var scope = new PreservationScope(kho);
                var parts = KhoVmallocArray<PartState>.AllocatePreserved(kho, 9);
                scope.OnRollback(parts.UnpreserveFree);
                ulong i = 0;
                {{loop}}
                scope.Commit();
                state = new TapeState { Size = file.Size, Count = parts.Count, Parts = parts.Descriptor };
            }
            private static PhysicalAddress Take(Folio page, IKho kho) => kho.Preserve(page).Address;
            private static void Keep(Part part) => part.Lock();
            {{freeze}}
            void Unpreserve(in TapeState state, IKho kho) => Free(KhoVmallocArray<PartState>.FindPreserved(kho, state.Parts, state.Count), kho.FindPreserved, kho.Unpreserve);
            Tape Retrieve(in TapeState state, IKho kho) { Free(KhoVmallocArray<PartState>.FindInherited(kho, state.Parts, state.Count), kho.FindInherited, kho.RestoreFree); return new() { Size = state.Size }; }
            void Finish(in TapeState state, RetrieveStatus status, IKho kho) { if (status.IsNotTried) Free(KhoVmallocArray<PartState>.FindInherited(kho, state.Parts, state.Count), kho.FindInherited, kho.RestoreFree); }
            private static void Free(KhoVmallocArray<PartState> parts, Func<PhysicalAddress, KhoRange> find, Action<KhoRange> free)
            {
                foreach (PartState each in parts.ToArray()) free(find(each.Address));
                parts.RestoreFree();
            }
        }
        """));

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
