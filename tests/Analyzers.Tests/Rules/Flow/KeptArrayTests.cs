namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO4001 and LUO4019, an FLB that gives its memory up in Retrieve.</summary>
public sealed class KeptArrayTests
{
    private const string Copied = "return new Table(null, copy);";

    [Theory]
    [InlineData("var table = new Table(rows, copy); {|LUO4019:rows.RestoreFree()|}; return table;")]
    [InlineData("try { return new Table(rows, copy); } finally { {|LUO4019:rows.RestoreFree()|}; }")]
    [InlineData("rows.RestoreFree(); " + Copied)]
    [InlineData("var other = new Table(rows, copy); _ = other.First; rows.RestoreFree(); " + Copied)]
    [InlineData("var table = new Table(rows, copy); if (copy.Length == 0) { rows.RestoreFree(); throw new ErrnoException(Errno.EINVAL); } return table;")]
    [InlineData("var table = new Table(rows, copy); if (copy.Length != 0) return table; rows.RestoreFree(); throw new ErrnoException(Errno.EINVAL);")]
    [InlineData("_ = new Reader(rows).Count; rows.RestoreFree(); " + Copied)]
    public Task What_it_returns(string body) => VerifyAsync(body, "void Finish(Table table) { }", mayKeep: body.Contains("if (copy", StringComparison.Ordinal));

    [Theory]
    [InlineData("{|LUO4019:rows.RestoreFree()|}; " + Copied, "Find(state, kho).RestoreFree();")]
    [InlineData("if (copy.Length == 0) { rows.RestoreFree(); throw new ErrnoException(Errno.EINVAL); } " + Copied, "Find(state, kho).RestoreFree();")]
    [InlineData("if (copy.Length == 0) { Drop(state, kho); throw new ErrnoException(Errno.EINVAL); } " + Copied, "Drop(state, kho);")]
    [InlineData("rows.RestoreFree(); " + Copied, "if (table.First != 0) Drop(state, kho);")]
    public Task What_Finish_looks_for(string body, string finish) => VerifyAsync(body, $"void Finish(Table table, in TableState state, IKho kho) {{ {finish} }}");

    private static Task VerifyAsync(string retrieve, string finish, bool mayKeep = false) => FlowSource.VerifyAsync(FlowSource.Code($$"""
        public sealed class Table(KhoVmallocArray<ulong>? rows, ulong[] copy) { public ulong First => rows is null ? copy[0] : rows[0]; }
        public sealed class Reader(KhoVmallocArray<ulong> rows) { public ulong Count { get; } = rows.Count; }
        [PreservedState] public struct TableState { public KhoVmalloc<ulong> Rows; }
        [LiveUpdateFlb("table-v1")]
        public sealed partial class TableFlb
        {
            Table Preserve(out TableState state, IKho kho)
            {
                var rows = KhoVmallocArray<ulong>.AllocatePreserved(kho, 8);
                state = new TableState { Rows = rows.Descriptor };
                return new Table(null, rows.ToArray());
            }
            void Unpreserve(in TableState state, IKho kho) => KhoVmallocArray<ulong>.FindPreserved(kho, state.Rows, 8).UnpreserveFree();
            Table Retrieve(in TableState state, IKho kho)
            {
                var rows = Find(state, kho);
                ulong[] copy = rows.ToArray();
                {{retrieve}}
            }
            {{(mayKeep ? "void Finish(in TableState state, IKho kho) => Drop(state, kho);" : finish)}}
            private static KhoVmallocArray<ulong> Find(in TableState state, IKho kho) => KhoVmallocArray<ulong>.FindInherited(kho, state.Rows, 8);
            private static void Drop(in TableState state, IKho kho) => Find(state, kho).RestoreFree();
        }
        """));
}
