namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO4014 in detail: leases that nobody gives back, and objects of FLBs that are used after the lease on them.</summary>
public sealed class LeaseTests
{
    private const string Take = "kernel.GetIncomingFlb<Table>(flb)";

    [Theory]
    [InlineData("var lease = {|LUO4014:" + Take + "|}; if (isOn) return null; lease.Dispose(); return null;")]
    [InlineData("var lease = {|LUO4014:" + Take + "|}; if (isOn) throw new InvalidOperationException(); lease.Dispose(); return null;")]
    [InlineData("if (isOn) return null; var lease = " + Take + "; lease.Dispose(); return null;")]
    [InlineData("var lease = " + Take + "; lease.Dispose(); if (isOn) return null; return 1;")]
    [InlineData("var lease = " + Take + "; if (isOn) { lease.Dispose(); return null; } lease.Dispose(); return null;")]
    [InlineData("var lease = " + Take + "; try { if (isOn) return null; } finally { Console.WriteLine(1); } lease.Dispose(); return null;")]
    [InlineData("var lease = " + Take + "; try { if (isOn) return null; } finally { lease.Dispose(); } return null;")]
    [InlineData("var lease = " + Take + "; Func<int> later = () => { return 1; }; lease.Dispose(); return later();")]
    [InlineData("var lease = " + Take + "; lease.Dispose(); return Local(); int Local() { return 1; }")]
    [InlineData("var lease = " + Take + "; Keep(lease); if (isOn) return null; lease.Dispose(); return null;")]
    [InlineData("var lease = " + Take + "; { if (isOn) return null; lease.Dispose(); } return null;")]
    [InlineData("using (var lease = " + Take + ") { if (isOn) return null; } return null;")]
    public Task Ways_out(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("Table? table; using (var lease = " + Take + ") { table = {|LUO4014:lease.Object|}; } return table!.Count;")]
    [InlineData("Table? table; using (var lease = " + Take + ") { table = {|LUO4014:lease.Object|}; } Keep(table); return null;")]
    [InlineData("Table? table; { using var lease = " + Take + "; table = {|LUO4014:lease.Object|}; } return table!.Count;")]
    [InlineData("using var lease = " + Take + "; Table? table = {|LUO4014:lease.Object|}; return () => table!.Count;")]
    [InlineData("using var lease = " + Take + "; Table? table = {|LUO4014:lease.Object|}; return (Func<object>)(() => table!.Count);")]
    [InlineData("using var lease = " + Take + "; Table? table = lease.Object; Func<int> count = () => table!.Count; return count();")]
    [InlineData("using var lease = " + Take + "; Table? table = lease.Object; return table!.Count;")]
    [InlineData("int count; using (var lease = " + Take + ") { count = lease.Object!.Count; } return count;")]
    [InlineData("Table? table; using (var lease = " + Take + ") { table = lease.Object; Keep(table); } return null;")]
    [InlineData("Table? table; using (var lease = " + Take + ") { table = lease.Object; } return table is null;")]
    [InlineData("Table? table; using (var lease = " + Take + ") { table = lease.Object; } return table != null;")]
    [InlineData("Table? table; using (var lease = " + Take + ") { table = lease.Object; } table = new Table(); return table.Count;")]
    [InlineData("Table? table; using (var lease = " + Take + ") { table = Copy(lease.Object); } return table!.Count;")]
    [InlineData("Table? table; var lease = " + Take + "; table = lease.Object; Keep(lease); return table!.Count;")]
    [InlineData("Table? table, kept; using (var lease = " + Take + ") { table = {|LUO4014:lease.Object|}; } kept = table; return kept!.Count;")]
    [InlineData("using var lease = " + Take + "; var table = lease.Object; Renew(ref table); return table;")]
    public Task Copies(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("using var lease = " + Take + "; return {|LUO4014:lease.Object|}!.Entries;")]
    [InlineData("using var lease = " + Take + "; return lease.Object!.Entries.Count;")]
    [InlineData("using var lease = " + Take + "; return lease.Object!.Name;")]
    [InlineData("using var lease = " + Take + "; return lease.Object!.Count;")]
    [InlineData("using var lease = " + Take + "; return lease.Object!.Snapshot;")]
    [InlineData("using var lease = " + Take + "; return lease.Object!.Fixed;")]
    [InlineData("using var lease = " + Take + "; Keep(lease.Object!.Entries); return null;")]
    [InlineData("var lease = " + Take + "; Keep(lease); return lease.Object!.Entries;")]
    public Task Parts(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("using var lease = " + Take + "; _table = {|LUO4014:lease.Object|}; return null;")]
    [InlineData("using var lease = " + Take + "; other.Table = {|LUO4014:lease.Object|}; return null;")]
    [InlineData("using var lease = " + Take + "; s_table = {|LUO4014:lease.Object|}; return null;")]
    [InlineData("using var lease = " + Take + "; _table = lease.Object; try { Keep(1); } finally { _table = null; } return null;")]
    [InlineData("using var lease = " + Take + "; var walker = new Walker { Table = lease.Object }; return walker.Count;")]
    [InlineData("using var lease = " + Take + "; var walker = new Walker(); walker.Table = lease.Object; return walker.Count;")]
    [InlineData("var lease = " + Take + "; lease.Dispose(); lease = " + Take + "; Keep(lease.Object); lease.Dispose(); return null;")]
    [InlineData("using var lease = " + Take + "; _table = {|LUO4014:lease.Object|}; _name = other.ToString(); return null;")]
    [InlineData("while (isOn) { var lease = " + Take + "; lease.Dispose(); Keep({|LUO4014:lease.Object|}); } return null;")]
    public Task Members(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("{|LUO4014:_table = table|};")]
    [InlineData("{|LUO4014:Property = table|};")]
    [InlineData("{|LUO4014:s_table = table|};")]
    [InlineData("{|LUO4014:_table = (Table)(table)|};")]
    [InlineData("{|LUO4014:file.Table = table|};")]
    [InlineData("Action later = () => {|LUO4014:_table = table|}; later();")]
    [InlineData("_count = table.Count;")]
    [InlineData("_table = new Table(); Table local = table; local = table;")]
    [InlineData("_table = table; try { Show(1); } finally { _table = null; }")]
    [InlineData("var walker = new Walker { Table = table }; Show(walker.Count);")]
    [InlineData("Computed = table;")]
    [InlineData("_ = table.Count; Show(table);")]
    public Task Objects_that_a_callback_gets(string body) => FlowSource.VerifyAsync(FlowSource.Code(Types + $$"""
        public sealed class Bus : LuoFile { public Table? Table { get; set; } }
        [LiveUpdateFileHandler("bus-v1")]
        [UsesFlb<TableFlb>]
        public sealed partial class BusHandler
        {
            private static Table? s_table;
            private Table? _table;
            private int _count;
            private Table? Property { get; set; }
            private Table? Computed { get => null; set => _count = value!.Count; }
            bool CanPreserve(Bus file) => _table is null && s_table is null && Property is null && _count == 0 && Computed is null;
            void Preserve(Bus file, Table table) { {{body}} }
            void Unpreserve(Bus file) { }
            Bus Retrieve() => new();
            void Finish(Bus? file) { }
            private static void Show(object thing) { }
        }
        [LiveUpdateFlb("table-v1")]
        public sealed partial class TableFlb
        {
            Table Preserve(out ulong serializedData) { serializedData = 1; return new Table(); }
            void Unpreserve(Table table) { }
            Table Retrieve(ulong serializedData) => new() { Count = (int)(serializedData & 1) };
            void Finish(Table table) { }
        }
        """));

    private const string Types = """
        public sealed class Table
        {
            public int Count { get; set; }
            public string Name { get; set; } = "";
            public List<int> Entries { get; } = [];
            public List<int> Snapshot => [.. Entries];
            public System.Collections.Immutable.ImmutableList<int> Fixed { get; } = [];
        }
        public sealed class Walker { public Table? Table { get; set; } public int Count => Table?.Count ?? 0; }

        """;

    private static Task VerifyAsync(string body) => FlowSource.VerifyAsync(FlowSource.Code(Types + $$"""
        public sealed class Owner
        {
            private static Table? s_table;
            private Table? _table;
            private string? _name;
            public bool IsOn => _table is null && _name is null && s_table is null;
            public object? Run(Kernel kernel, ILiveUpdateFlb flb, Walker other, bool isOn) { {{body}} }
            private static void Keep(object? thing) { }
            private static void Renew(ref Table? table) => table = new Table();
            private static Table? Copy(Table? table) => new() { Count = table?.Count ?? 0 };
        }
        """));
}
