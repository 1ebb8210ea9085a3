namespace LuoHandlers.Analyzers.Tests.Rules;

public sealed class StateUseAnalyzerTests
{
    private const string PreserveAll = "void Preserve(Disk file, out S state) => state = new S { A = 1, B = 2 };";
    private const string RetrieveAll = "Disk Retrieve(in S state) => new Disk { Size = state.A + state.B };";

    [Theory]
    [InlineData("void Preserve(Disk file, out S state) { state = default; state.A = file.Size; state.B = 1; }")]
    [InlineData("void Preserve(Disk file, out S state) { var s = new S(); s.A = 1; s.B += 2; state = s; }")]
    [InlineData("void Preserve(Disk file, out S state) { state = default; (state.A, state.B) = (1, 2); }")]
    [InlineData("void Preserve(Disk file, out S state) { state = default; state.A++; Fill(out state.B); } static void Fill(out ulong b) => b = 1;")]
    [InlineData("void Preserve(Disk file, out S state) { state = default; ref ulong a = ref state.A; a = 1; System.Threading.Interlocked.Increment(ref state.B); }")]
    [InlineData("void Preserve(Disk file, out S state) => state = new S { A = 1 } with { B = 2 };")]
    [InlineData("void Preserve(Disk file, out S state) => Fill(file, out state); private void Fill(Disk file, out S state) { state = default; Rest(ref state); state.A = file.Size; } static void Rest(ref S s) => s.B = 1;")]
    [InlineData("void Preserve(Disk file, out S state) => state = Inner.Make(); static class Inner { public static S Make() => new() { A = 1, B = Two() }; static ulong Two() => 2; }")]
    [InlineData("void Preserve(Disk file, out S state) => state = Made; private static S Made => new() { A = 1, B = 2 };")]
    [InlineData("void Preserve(Disk file, out S state) => state = Other.Make();")]
    [InlineData("void Preserve(Disk file, out S state) => state = Other.Last;")]
    [InlineData("void Preserve(Disk file, out S state) => state = Take<S>(); private static T Take<T>() where T : unmanaged => (T)Other.Box;")]
    [InlineData("void Preserve(Disk file, out S state) { state = default; Fill(ref state); } private static void Fill<T>(ref T state) where T : unmanaged => state = (T)Other.Box;")]
    [InlineData("void Preserve(Disk file, out S state) => Other.Fill(out state);")]
    [InlineData("void Preserve(Disk file, out S state) { Other.Fill(out var s); state = s; }")]
    [InlineData("void Preserve(Disk file, out S state) => (state, _) = Other.Two();")]
    [InlineData("void Preserve(Disk file, out S state) { state = default; foreach (S s in new[] { Other.Last }) state = s; }")]
    [InlineData("void Preserve(Disk file, out S state) { state = default; foreach (S s in Other.All) state = s; }")]
    [InlineData("void Preserve(Disk file, out S state) => state = Other.Box is S s ? s : default;")]
    [InlineData("void Preserve(Disk file, out S state) { S last = default; System.Array.ForEach(Other.All, s => last = s); state = last; }")]
    [InlineData("void Preserve(Disk file, out S state) { state = default; Local(ref state); static void Local(ref S s) { s.A = 1; s.B = 2; } }")]
    [InlineData("void Preserve(Disk file, out S state) { state = default; state.A = 1; } void Freeze(Disk file, ref S state) => state.B = file.Size;")]
    [InlineData("void Preserve(Disk file, out S state) => throw new ErrnoException(Errno.EOPNOTSUPP, \"Not written yet.\");")]
    [InlineData("Errno Preserve(Disk file, out S state) { state = new() { A = 1, B = 2 }; return Errno.None; }")]
    public Task Every_field_is_written(string preserve) => VerifyAsync(preserve, RetrieveAll);

    [Theory]
    [InlineData("void Preserve(Disk file, out S state) => state = new S { A = 1 };")]
    [InlineData("void Preserve(Disk file, out S state) { state = default; state.A = 1; _ = state.B; }")]
    [InlineData("void Preserve(Disk file, out S state) { state = new(); state.A = state.B; }")]
    [InlineData("void Preserve(Disk file, out S state) => state = new S { A = 1 } with { A = 2 };")]
    [InlineData("void Preserve(Disk file, out S state) { S s = default; s.A = 1; state = s; }")]
    [InlineData("void Preserve(Disk file, out S state) => state = file.Size > 1 ? new S { A = 1 } : default;")]
    [InlineData("void Preserve(Disk file, out S state) => state = Make(); S Make() => new() { A = 1 };")]
    [InlineData("void Preserve(Disk file, out S state) { state = new S { A = 1 }; } void Unfreeze(Disk file, in S state) { S copy = state; copy.B = 1; }")]
    [InlineData("void Preserve(Disk file, out S state) { state = new S { A = nameof(S.B) == \"B\" ? 1u : 2 }; } void Unrelated(ref S state) => state.B = 1;")]
    public Task LUO3010_a_field_is_never_written(string preserve) => VerifyAsync(preserve, RetrieveAll, b: "{|LUO3010:B|}");

    [Theory]
    [InlineData("Disk Retrieve(in S state) { var file = new Disk { Size = state.A }; file.Size += state.B; return file; }")]
    [InlineData("Errno Retrieve(in S state, out Disk file) { file = new Disk { Size = state.A }; return state.B == 2 ? Errno.None : Errno.EINVAL; }")]
    [InlineData("Disk Retrieve(in S state) { Check(in state); return new Disk { Size = state.A }; } static void Check(in S s) { if (s.B > 5) throw new ErrnoException(Errno.EINVAL, \"Too many.\"); }")]
    [InlineData("Disk Retrieve(S state) => state is { A: > 0, B: > 0 } ? new Disk() : throw new ErrnoException(Errno.EINVAL, \"Nothing.\");")]
    [InlineData("Disk Retrieve(in S state) => Make(state); private static Disk Make<T>(in T state) where T : unmanaged => new() { Size = (ulong)state.GetHashCode() };")]
    [InlineData("Disk Retrieve(in S state) => Other.Make(state);")]
    [InlineData("Disk Retrieve(in S state) => state is (var a, > 0) ? new Disk { Size = a } : throw new ErrnoException(Errno.EINVAL, \"Nothing.\");")]
    [InlineData("Disk Retrieve(in S state) { var (a, b) = state; return new Disk { Size = a + b }; }")]
    [InlineData("Disk Retrieve(in S state) { _last = state; return new Disk(); } private S _last;")]
    [InlineData("Disk Retrieve(in S state) => new Disk { Size = (ulong)state.ToString()!.Length };")]
    [InlineData("Disk Retrieve(in S state) { object boxed = state; return new Disk { Size = (ulong)boxed.GetHashCode() }; }")]
    [InlineData("Disk Retrieve(in S state) => new Disk { Size = state.Sum };")]
    [InlineData("Disk Retrieve(in S state) { S copy = state; System.Func<ulong> sum = () => copy.A + copy.B; return new Disk { Size = sum() }; }")]
    [InlineData("Disk Retrieve(in S state) => throw new ErrnoException(Errno.EOPNOTSUPP, \"Not written yet.\");")]
    [InlineData("Errno Retrieve(in S state, out Disk? file) { file = null; return Errno.EOPNOTSUPP; }")]
    public Task Every_field_is_read(string retrieve) => VerifyAsync(PreserveAll, retrieve);

    // A ticket, or the way in which it was taken, which this side needs to give it up.
    [Theory]
    [InlineData("void Unfreeze(in S state) { if (state.B == 1) System.GC.Collect(); }")]
    [InlineData("void Unfreeze(in S state) => Undo(state); private static void Undo(S state) => System.GC.KeepAlive(state.B);")]
    public Task A_field_is_read_to_give_something_up(string other) =>
        VerifyAsync(PreserveAll, "Disk Retrieve(in S state) => new Disk { Size = state.A }; " + other);

    [Theory]
    [InlineData("Disk Retrieve(in S state) => new Disk { Size = state.A };")]
    [InlineData("Disk Retrieve(in S state) => (state.A, 1) is (var a, > 0) ? new Disk { Size = a } : throw new ErrnoException(Errno.EINVAL, \"Nothing.\");")]
    [InlineData("Disk Retrieve(in S state) => state is { A: var a } ? new Disk { Size = a } : throw new ErrnoException(Errno.EINVAL, \"Nothing.\");")]
    [InlineData("Disk Retrieve(in S state) { S copy = state; copy.B = 1; return new Disk { Size = copy.A }; }")]
    [InlineData("Disk Retrieve(in S state) { S copy = state with { B = 3 }; return new Disk { Size = copy.A }; }")]
    [InlineData("Disk Retrieve(in S state) { Check(state); return new Disk { Size = state.A }; } static void Check(S s) { }")]
    [InlineData("Disk Retrieve(in S state) => new Disk { Size = state.A }; bool CanFinish(in S state) => state.B == 2;")]
    public Task LUO3011_a_field_is_never_read(string retrieve) => VerifyAsync(PreserveAll, retrieve, b: "{|LUO3011:B|}");

    [Fact]
    public Task LUO3011_by_errno() =>
        VerifyAsync(PreserveAll, "Errno Retrieve(in S state, out Disk? file) { file = new Disk { Size = state.A }; return Errno.None; }", b: "{|LUO3011:B|}");

    [Fact]
    public Task LUO3011_a_retrieve_without_the_state_reads_nothing() =>
        VerifyAsync(PreserveAll, "Disk Retrieve() => new Disk();", a: "{|LUO3011:A|}", b: "{|LUO3011:B|}");

    [Theory]
    [InlineData("_padding")]
    [InlineData("Pad0")]
    [InlineData("UnusedBits")]
    [InlineData("_spare")]
    [InlineData("{|LUO3012:Reserved|}")]
    [InlineData("{|LUO3012:_reserved2|}")]
    public Task Padding_needs_neither_and_reserved_fields_a_check(string name) => VerifyAsync(
        "void Preserve(Disk file, out S state) => state = new S { A = 1 };", "Disk Retrieve(in S state) => new Disk { Size = state.A };", b: name, sum: "A");

    [Theory]
    [InlineData("state = new S { A = 1 };")]
    [InlineData("state = new S { A = 1, Reserved = 0 };")]
    [InlineData("{ state = default; state.A = 1; state.Reserved = 0; }", "{|LUO3012:Reserved|}", "state.A")]
    [InlineData("state = new S { A = 1, Reserved = 1 };", "{|LUO3012:Reserved|}")]
    [InlineData("state = new S { A = 1, Reserved = file.Size };", "{|LUO3012:Reserved|}")]
    [InlineData("{ state = new S { A = 1 }; state.Reserved |= 4; }", "{|LUO3012:Reserved|}")]
    [InlineData("state = Other.Last;")]
    public Task A_reserved_field_is_zero(string preserve, string reserved = "Reserved", string read = "state.A + state.Reserved") => RunAsync(
        $"void Preserve(Disk file, out S state) {(preserve[0] == '{' ? preserve : "=> " + preserve)} Disk Retrieve(in S state) => new Disk {{ Size = {read} }};",
        $"[PreservedState] public struct S {{ public ulong A, {reserved}; }}");

    [Theory]
    [InlineData("Disk Retrieve(in S state) => state.B != 0 ? throw new ErrnoException(Errno.EINVAL, \"Unknown flags.\") : new Disk { Size = state.A };")]
    [InlineData("Disk Retrieve(in S state) => state is { B: not 0 } ? throw new ErrnoException(Errno.EINVAL, \"Unknown flags.\") : new Disk { Size = state.A };")]
    [InlineData("Disk Retrieve(in S state) => (state.A, state.B) is (_, 0) ? new Disk() : throw new ErrnoException(Errno.EINVAL, \"Unknown flags.\");")]
    [InlineData("Disk Retrieve(in S state) => (state.B, 1) is not (0, 1) ? throw new ErrnoException(Errno.EINVAL, \"Unknown flags.\") : new Disk { Size = state.A };")]
    [InlineData("Disk Retrieve(in S state) => (state.B, state.A) switch { (0, var a) => new Disk { Size = a }, _ => throw new ErrnoException(Errno.EINVAL, \"Unknown flags.\") };")]
    [InlineData("Disk Retrieve(in S state) => (state.B, state.A) != (0ul, 5ul) ? throw new ErrnoException(Errno.EINVAL, \"Unknown flags.\") : new Disk();")]
    [InlineData("Disk Retrieve(in S state) => (5, 0) == (state.A, state.B) ? new Disk() : throw new ErrnoException(Errno.EINVAL, \"Unknown flags.\");")]
    [InlineData("Disk Retrieve(in S state) => (state.B | state.B >> 1) != 0 ? throw new ErrnoException(Errno.EINVAL, \"Unknown flags.\") : new Disk { Size = state.A };")]
    [InlineData("Disk Retrieve(in S state) => 0 == state.B ? new Disk { Size = state.A } : throw new ErrnoException(Errno.EINVAL, \"Unknown flags.\");")]
    public Task A_field_that_must_be_zero_need_not_be_written(string retrieve) =>
        VerifyAsync("void Preserve(Disk file, out S state) => state = new S { A = 1 };", retrieve);

    [Theory]
    [InlineData("Disk Retrieve(in S state) => state.B == 1 ? new Disk { Size = state.A } : new Disk();")]
    [InlineData("Disk Retrieve(in S state) => (state.A, state.B) is (0, 1) ? new Disk() : new Disk { Size = state.A };")]
    [InlineData("Disk Retrieve(in S state) => (0ul, state.B, state.A) == (state.A, 1ul, 0ul) ? new Disk() : new Disk { Size = state.A };")]
    [InlineData("Disk Retrieve(in S state) => (state.B, state.A) switch { (2, var a) => new Disk { Size = a }, _ => new Disk() };")]
    [InlineData("Disk Retrieve(in S state) { var both = (state.A, state.B); return new Disk { Size = both.A }; }")]
    public Task A_field_compared_with_another_number_must_be_written(string retrieve) =>
        VerifyAsync("void Preserve(Disk file, out S state) => state = new S { A = 1 };", retrieve, b: "{|LUO3010:B|}");

    [Fact]
    public Task Elements_and_parts_of_a_field_are_the_field() => RunAsync(
        """
        void Preserve(Disk file, out S state) { state = default; state.A[1] = 1; state.B.First = 2; state.C.Set(3); state.D[2] = 4; }
        Disk Retrieve(in S state) => new Disk { Size = state.A[1] + state.B.First + state.C.Get() + state.D[2] };
        """,
        """
        [PreservedState] public unsafe struct S { public Four A; public Pair B; public Pair C; public fixed ulong D[4]; }
        public struct Pair { public ulong First, Last; public void Set(ulong value) => First = value; public readonly ulong Get() => First; }
        [System.Runtime.CompilerServices.InlineArray(4)] public struct Four { private ulong _element; }
        """,
        isUnsafe: true);

    [Fact]
    public Task Properties_stand_for_their_fields() => RunAsync(
        """
        void Preserve(Disk file, out S state) => state = new S { A = 1 };
        Disk Retrieve(in S state) => new Disk { Size = state.A + state.B };
        """,
        "[PreservedState] public struct S { public ulong A { get; set; } public ulong {|LUO3010:B|} { get; set; } }");

    [Fact]
    public Task A_constructor_may_write_everything() => RunAsync(
        """
        void Preserve(Disk file, out S state) => state = new S(1, 2);
        Disk Retrieve(in S state) => new Disk { Size = state.A + state.B };
        """,
        "[PreservedState] public readonly record struct S(ulong A, ulong B);");

    [Fact]
    public Task Callbacks_in_a_base_class_are_not_looked_at()
    {
        StateAnalyzerTest<StateUseAnalyzer> test = new()
        {
            TestCode = HandlerSource.Usings + HandlerSource.Types + $$"""
                [LiveUpdateFileHandler("disk-v1")]
                public sealed partial class DiskHandler : Base { }

                public abstract class Base
                {
                    protected {{HandlerSource.CanPreserve}}
                    protected {{HandlerSource.Preserve}}
                    protected {{HandlerSource.Unpreserve}}
                    protected {{HandlerSource.Retrieve}}
                    protected {{HandlerSource.Finish}}
                }
                """,
        };
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task A_state_of_another_file_is_reported_there()
    {
        StateAnalyzerTest<StateUseAnalyzer> test = new() { TestCode = Source("void Preserve(Disk file, out S state) => state = new S { A = 1 }; " + RetrieveAll, "") };
        test.TestState.Sources.Add("[LuoHandlers.PreservedState] public struct S { public ulong A, {|LUO3010:B|}; }");
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static Task VerifyAsync(string preserve, string retrieve, string a = "A", string b = "B", string sum = "A + B") =>
        RunAsync($"{preserve}\n    {retrieve}", $"[PreservedState] public struct S {{ public ulong {a}, {b}; public readonly ulong Sum => {sum}; }}");

    private static Task RunAsync(string callbacks, string state, bool isUnsafe = false)
    {
        StateAnalyzerTest<StateUseAnalyzer> test = new() { TestCode = Source(callbacks, state, isUnsafe ? "unsafe " : "") };
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static string Source(string callbacks, string state, string modifier = "") => HandlerSource.With(
        preserve: callbacks,
        unpreserve: "void Unpreserve(Disk file) { }",
        retrieve: null,
        finish: "void Finish(Disk? file) { }",
        declaration: $"public sealed {modifier}partial class DiskHandler") + $$"""
        {{state}}
        public static class Other
        {
            public static S Last;
            public static S[] All = [];
            public static object Box = new();
            public static S Make() => Last;
            public static (S, int) Two() => (Last, 2);
            public static Disk Make(S state) { Last = state; return new Disk(); }
            public static void Fill(out S state) => state = Last;
            public static void Deconstruct(this S state, out ulong a, out ulong b) => a = b = 1;
        }

        """;
}
