namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO4001, LUO4007 and LUO4019 in detail: memory that is only read, that is given up in another way than it was taken, or too early.</summary>
public sealed class AbandonedMemoryTests
{
    private const string Address = "new PhysicalAddress(state.Size)";
    private const string Found = "kho.FindInherited(" + Address + ")";

    [Theory]
    [InlineData("byte first = kho.GetSpan({|LUO4007:" + Found + "|})[0]; return new Disk { Size = first };")]
    [InlineData("KhoRange range = {|LUO4007:" + Found + "|}; return new Disk { Size = kho.GetSpan(range)[0] + (ulong)range.ByteCount };")]
    [InlineData("KhoRange range = {|LUO4007:" + Found + "|}; Console.WriteLine(range.ToString()); return new Disk();")]
    [InlineData("KhoRange range = {|LUO4007:" + Found + "|}; return new Disk { Size = kho.GetSpan(range)[0] }; ")]
    [InlineData("KhoRange range = {|LUO4007:" + Found + "|}; Console.WriteLine(range.Address.Value + 1); return new Disk();")]
    [InlineData("KhoRange range = {|LUO4007:" + Found + "|}; _ = kho.GetSpan(range)[0]; kho.RestoreFree(kho.FindInherited(new PhysicalAddress(state.Position))); return new Disk();")]
    [InlineData("var array = {|LUO4007:KhoVmallocArray<ulong>.FindInherited(kho, default, 1)|}; return new Disk { Size = array[0] + array.Count };")]
    [InlineData("var array = {|LUO4007:KhoVmallocArray<ulong>.FindInherited(kho, default, 1)|}; return new Disk { Size = array.ToArray()[0] };")]
    [InlineData("KhoRange range = {|LUO4007:" + Found + "|}; return new Disk { Size = First(range, kho) };")]
    [InlineData("return new Disk { Size = First({|LUO4007:" + Found + "|}, kho) };")]
    [InlineData("return new Disk { Size = Take(" + Found + ", kho) };")]
    [InlineData("KhoRange range = " + Found + "; return new Disk { Size = Again(range, 3, kho) };")]
    [InlineData("KhoRange range = " + Found + "; _ = kho.GetSpan(range)[0]; kho.RestoreFree(range); return new Disk();")]
    [InlineData("KhoRange range = " + Found + "; _ = kho.GetSpan(range)[0]; kho.RestoreFree(" + Found + "); return new Disk();")]
    [InlineData("_ = kho.GetSpan(" + Found + ")[0]; KhoRange again = " + Found + "; kho.RestoreFree(again); return new Disk();")]
    [InlineData("_ = kho.GetSpan(" + Found + ")[0]; var address = " + Address + "; kho.RestoreFree(kho.FindInherited(address)); return new Disk();")]
    [InlineData("_ = kho.GetSpan(" + Found + ")[0]; if (kho.TryFindInherited(" + Address + ", out KhoRange again)) kho.RestoreFree(again); return new Disk();")]
    [InlineData("_ = kho.GetSpan(" + Found + ")[0]; Free(state.Size, kho); return new Disk();")]
    [InlineData("KhoRange range = " + Found + "; Elsewhere.Free(range); return new Disk();")]
    [InlineData("_ = kho.GetSpan(" + Found + ")[0]; Elsewhere.Free(state.Size, kho); return new Disk();")]
    [InlineData("_ = kho.GetSpan(" + Found + ")[0]; return Elsewhere.Make(kho);")]
    [InlineData("_ = kho.GetSpan(" + Found + ")[0]; _ = new Elsewhere(kho); return new Disk();")]
    [InlineData("KhoRange range = " + Found + "; _ = kho.GetSpan(range)[0]; Elsewhere.Free(range.Address.Value); return new Disk();")]
    [InlineData("KhoRange range = " + Found + "; PhysicalAddress address = range.Address; kho.RestoreFree(kho.FindInherited(address)); return new Disk();")]
    [InlineData("KhoRange range = " + Found + "; Folio page = range.Folio; kho.Pages.Free(page); return new Disk();")]
    [InlineData("_ = kho.GetSpan({|LUO4007:kho.FindInherited(default)|})[0]; KhoVmallocArray<ulong>.FindInherited(kho, default, 1).RestoreFree(); return new Disk();")]
    [InlineData("PhysicalAddress address = " + Address + "; _ = kho.GetSpan(kho.FindInherited(address))[0]; kho.RestoreFree(" + Found + "); return new Disk();")]
    [InlineData("using (var reader = new StringReader(\"a\")) { KhoRange range = {|LUO4007:" + Found + "|}; return new Disk { Size = kho.GetSpan(range)[0] }; }")]
    public Task Retrieve_that_only_reads(string body) => FlowSource.VerifyAsync(FlowSource.With(
        retrieve: $"Disk Retrieve(in DiskState state, IKho kho) {{ {body} }}",
        other: """
            private static void Free(ulong address, IKho kho) => kho.RestoreFree(kho.FindInherited(new PhysicalAddress(address)));
            private static ulong First(KhoRange range, IKho kho) => kho.GetSpan(range)[0];
            private static ulong Take(KhoRange range, IKho kho) { ulong first = kho.GetSpan(range)[0]; kho.RestoreFree(range); return first; }
            private static ulong Again(KhoRange range, int count, IKho kho) => count == 0 ? First(range, kho) : Again(range, count - 1, kho);
            """) + Elsewhere);

    [Fact]
    public Task A_method_of_two_callbacks_is_told_once() => FlowSource.VerifyAsync(FlowSource.With(
        retrieve: "Disk Retrieve(in DiskState state, IKho kho) => new() { Size = Read(state.Size, kho) };",
        finish: "void Finish(in DiskState state, RetrieveStatus status, IKho kho) { if (status.IsNotTried) Console.WriteLine(Read(state.Size, kho)); }",
        other: "private static ulong Read(ulong address, IKho kho) => kho.GetSpan({|LUO4007:kho.FindInherited(new PhysicalAddress(address))|})[0];"));

    [Theory]
    [InlineData("if (status.IsNotTried) _ = kho.GetSpan({|LUO4007:" + Found + "|})[0];")]
    [InlineData("if (status.IsNotTried) { KhoRange range = " + Found + "; _ = kho.GetSpan(range)[0]; kho.RestoreFree(range); }")]
    public Task Finish_that_only_reads(string body) => FlowSource.VerifyAsync(FlowSource.With(
        finish: $"void Finish(in DiskState state, RetrieveStatus status, IKho kho) {{ {body} }}"));

    // What Preserve takes with one call, Unpreserve gives up with another.
    [Theory]
    [InlineData("kho.Preserve(file.Folios[0]).Address.Value", "kho.Unpreserve(kho.FindPreserved(" + Address + "));", false)]
    [InlineData("kho.Preserve(file.Folios[0]).Address.Value", "kho.UnpreserveFree(kho.FindPreserved(" + Address + "));", false)]
    [InlineData("kho.Preserve(file.Folios[0]).Address.Value", "if (file.Size == 0) kho.Unpreserve(kho.FindPreserved(" + Address + ")); else kho.UnpreserveFree(kho.FindPreserved(" + Address + "));", false)]
    [InlineData("kho.Preserve(kho.Pages.Allocate(0)).Address.Value", "kho.UnpreserveFree(kho.FindPreserved(" + Address + "));", false)]
    [InlineData("kho.Preserve(file.Folios[0]).Address.Value", "KhoVmallocArray<ulong>.FindPreserved(kho, default, 1).UnpreserveFree();", true)]
    [InlineData("kho.Preserve(file.Folios[0]).Address.Value", "_ = kho.FindPreserved(" + Address + "); file.Flush();", true)]
    [InlineData("kho.Preserve(file.Folios[0]).Address.Value", "file.Flush();", false)]
    [InlineData("kho.Preserve(file.Folios[0]).Address.Value", "_ = kho.FindPreserved(" + Address + "); Elsewhere.Free(state.Size);", false)]
    [InlineData("kho.Preserve(file.Folios[0]).Address.Value", "_ = kho.FindPreserved(" + Address + "); throw new NotSupportedException();", false)]
    [InlineData("kho.Preserve(file.Folios[0]).Address.Value", "_ = kho.FindPreserved(" + Address + "); Free(kho, state.Size);", false)]
    [InlineData("kho.Preserve(file.Folios[0]).Address.Value", "_ = kho.FindPreserved(" + Address + "); Action later = () => { }; later();", false)]
    [InlineData("kho.Preserve(file.Folios[0]).Address.Value", "_ = kho.FindPreserved(" + Address + "); _ = new Elsewhere(kho);", false)]
    [InlineData("kho.Preserve(file.Folios[0]).Address.Value", "_ = kho.FindPreserved(" + Address + "); file.Size = 0;", false)]
    [InlineData("kho.AllocatePreserved(4096).Address.Value", "KhoRange range = kho.FindPreserved(" + Address + "); kho.Unpreserve(range); kho.Pages.Free(range.Folio);", false)]
    [InlineData("kho.AllocatePreserved(4096).Address.Value", "{|LUO4001:kho.Unpreserve(kho.FindPreserved(" + Address + "))|};", false)]
    [InlineData("kho.AllocatePreserved(4096).Address.Value", "_ = kho.FindPreserved(" + Address + "); file.Flush();", true)]
    [InlineData("kho.AllocatePreserved(4096).Address.Value + Elsewhere.Take(kho)", "_ = kho.FindPreserved(" + Address + "); file.Flush();", false)]
    [InlineData("kho.AllocatePreserved(4096).Address.Value", "KhoVmallocArray<ulong>.FindPreserved(kho, default, 1).UnpreserveFree();", true)]
    [InlineData("kho.AllocatePreserved(4096).Address.Value", "_ = kho.FindPreserved(" + Address + "); Free();", true)]
    [InlineData("kho.AllocatePreserved(4096).Address.Value", "Free(kho, state.Size);", true)]
    [InlineData("{|LUO4007:kho.Preserve(file.Folios[0])|}.Address.Value + kho.AllocatePreserved(4096).Address.Value", "kho.Unpreserve(kho.FindPreserved(" + Address + "));", true)]
    [InlineData("kho.Preserve(file.Folios[0]).Address.Value", "_ = kho.FindPreserved(" + Address + "); Elsewhere.Run();", true)]
    [InlineData("kho.Preserve(file.Folios[0]).Address.Value", "_ = kho.FindPreserved(" + Address + "); _ = new Elsewhere(1);", true)]
    [InlineData("kho.Preserve(file.Folios[0]).Address.Value", "_ = kho.FindPreserved(" + Address + "); _undo?.Run();", false)]
    [InlineData("kho.Preserve(file.Folios[0]).Address.Value", "_ = kho.FindPreserved(" + Address + "); _ = new Elsewhere(_undo);", false)]
    [InlineData("kho.Preserve(file.Folios[0]).Address.Value", "_ = kho.FindPreserved(" + Address + "); _ = new Elsewhere(state);", false)]
    public Task Unpreserve_of_another_kind(string taken, string unpreserve, bool isMissing) => FlowSource.VerifyAsync(FlowSource.With(
        preserve: $"void Preserve(Disk file, out DiskState state, IKho kho) => state = new DiskState {{ Size = {taken} }};",
        unpreserve: $"void {(isMissing ? "{|LUO4001:Unpreserve|}" : "Unpreserve")}(Disk file, in DiskState state, IKho kho) {{ {unpreserve} }}",
        other: "private static void Free(IKho kho, ulong address) => kho.Unpreserve(kho.FindPreserved(new PhysicalAddress(address))); private static void Free() { } private readonly IUndo? _undo; public DiskHandler(IUndo? undo) => _undo = undo;") + Elsewhere);

    // Pages that the file goes on using are not to be freed.
    [Theory]
    [InlineData("file.Page", "{|LUO4001:kho.UnpreserveFree(kho.FindPreserved(new PhysicalAddress(serializedData)))|};")]
    [InlineData("file.Page", "kho.Unpreserve(kho.FindPreserved(new PhysicalAddress(serializedData)));")]
    [InlineData("file.Page", "if (file.Page.Order == 0) kho.Unpreserve(kho.FindPreserved(new PhysicalAddress(serializedData))); else kho.UnpreserveFree(kho.FindPreserved(new PhysicalAddress(serializedData)));")]
    [InlineData("kho.Pages.Allocate(0)", "kho.UnpreserveFree(kho.FindPreserved(new PhysicalAddress(serializedData)));")]
    [InlineData("_page.Page", "kho.UnpreserveFree(kho.FindPreserved(new PhysicalAddress(serializedData)));")]
    [InlineData("file.Page", "KhoVmallocArray<ulong>.FindPreserved(kho, default, 1).UnpreserveFree();", "{|LUO4001:Unpreserve|}")]
    public Task Unpreserve_of_pages(string page, string unpreserve, string name = "Unpreserve") => FlowSource.VerifyAsync(FlowSource.Code($$"""
        public sealed class Sheet : LuoFile { public Folio Page { get; set; } }
        [LiveUpdateFileHandler("sheet-v1")]
        public sealed partial class SheetHandler(Sheet page)
        {
            private readonly Sheet _page = page;
            bool CanPreserve(Sheet file) => file != _page;
            void Preserve(Sheet file, out ulong serializedData, IKho kho) => serializedData = kho.Preserve({{page}}).Address.Value;
            void {{name}}(Sheet file, ulong serializedData, IKho kho) { {{unpreserve}} }
            Sheet Retrieve(ulong serializedData, IKho kho) => new() { Page = kho.Restore(kho.FindInherited(new PhysicalAddress(serializedData))) };
            void Finish(Sheet? file, ulong serializedData, RetrieveStatus status, IKho kho) { if (status.IsNotTried) kho.RestoreFree(kho.FindInherited(new PhysicalAddress(serializedData))); }
        }
        """));

    [Theory]
    [InlineData("void {|LUO4001:Finish|}(in DiskState state, RetrieveStatus status, IKho kho) { if (status.IsNotTried) _ = kho.TryFindInherited(" + Address + ", out _); }")]
    [InlineData("void Finish(in DiskState state, RetrieveStatus status, IKho kho) { if (status.IsNotTried) kho.Pages.Free(kho.Restore(" + Found + ")); }")]
    [InlineData("void {|LUO4001:Finish|}(in DiskState state, RetrieveStatus status, IKho kho) { if (status.IsNotTried) Console.WriteLine({|LUO4007:KhoVmallocArray<ulong>.FindInherited(kho, default, 1)|}.Count); }")]
    [InlineData("private KhoRange _kept; KhoRange Kept => _kept; void {|LUO4001:Finish|}(in DiskState state, RetrieveStatus status, IKho kho) { if (status.IsNotTried) _kept = " + Found + "; }")]
    public Task Finish_of_another_kind(string finish) => FlowSource.VerifyAsync(FlowSource.With(finish: finish));

    [Theory]
    [InlineData("{|LUO4019:kho.UnpreserveFree(kho.FindPreserved(" + Address + "))|};")]
    [InlineData("KhoRange range = kho.FindPreserved(" + Address + "); {|LUO4019:kho.UnpreserveFree(range)|};")]
    [InlineData("{|LUO4019:kho.Unpreserve(kho.FindPreserved(" + Address + "))|};")]
    [InlineData("_ = kho.GetSpan(kho.FindPreserved(" + Address + "))[0];")]
    [InlineData("Elsewhere.Free(kho.FindPreserved(" + Address + "));")]
    [InlineData("kho.UnpreserveFree(_scratch);")]
    [InlineData("kho.UnpreserveFree(kho.FindPreserved(" + Address + ")); state.Size = 0;")]
    [InlineData("kho.UnpreserveFree(kho.FindPreserved(" + Address + ")); state = default;")]
    [InlineData("kho.UnpreserveFree(kho.FindPreserved(" + Address + ")); Elsewhere.Clear(ref state);")]
    [InlineData("kho.UnpreserveFree(kho.FindPreserved(" + Address + ")); using var scope = new PreservationScope(kho); _scratch = scope.AllocatePreserved(4096); scope.Commit();")]
    [InlineData("kho.UnpreserveFree(kho.FindPreserved(" + Address + ")); _scratch = kho.AllocatePreserved(4096); } void Unfreeze() { ")]
    public Task Freeze_that_gives_up(string freeze) => FlowSource.VerifyAsync(FlowSource.With(other: $$"""
        private KhoRange _scratch; public DiskHandler(KhoRange scratch) => _scratch = scratch;
        void Freeze(ref DiskState state, IKho kho) { {{freeze}} }
        """) + Elsewhere);

    [Theory]
    [InlineData("{|LUO4019:kho.RestoreFree(kho.FindInherited(state.Page))|};", "kho.RestoreFree(kho.FindInherited(state.Page));")]
    [InlineData("KhoRange range = kho.FindInherited(state.Page); {|LUO4019:kho.RestoreFree(range)|};", "kho.RestoreFree(kho.FindInherited(state.Page));")]
    [InlineData("_ = {|LUO4019:kho.Restore(kho.FindInherited(state.Page))|};", "kho.RestoreFree(kho.FindInherited(state.Page));")]
    [InlineData("kho.RestoreFree(kho.FindInherited(state.Other));", "kho.RestoreFree(kho.FindInherited(state.Page));")]
    [InlineData("if (state.Page.IsNull) kho.RestoreFree(kho.FindInherited(state.Page));", "kho.RestoreFree(kho.FindInherited(state.Page));")]
    [InlineData("try { Console.WriteLine(1); } catch { kho.RestoreFree(kho.FindInherited(state.Page)); throw; }", "kho.RestoreFree(kho.FindInherited(state.Page));")]
    [InlineData("kho.RestoreFree(kho.FindInherited(state.Page));", "if (table.Count != 0) kho.RestoreFree(kho.FindInherited(state.Page));")]
    [InlineData("kho.RestoreFree(kho.FindInherited(state.Page));", "if (kho.TryFindInherited(state.Page, out KhoRange range)) kho.RestoreFree(range);")]
    [InlineData("PhysicalAddress page = state.Other; kho.RestoreFree(kho.FindInherited(page));", "PhysicalAddress page = state.Page; kho.RestoreFree(kho.FindInherited(page));")]
    [InlineData("_ = kho.TryFindInherited(state.Page, out KhoRange range); {|LUO4019:kho.RestoreFree(range)|};", "kho.RestoreFree(kho.FindInherited(state.Page));")]
    public Task Retrieve_of_an_FLB_that_gives_up(string retrieve, string finish) => FlowSource.VerifyAsync(FlowSource.Code($$"""
        public sealed class Table { public int Count { get; set; } }
        [PreservedState] public struct TableState { public PhysicalAddress Page, Other; }
        [LiveUpdateFlb("table-v1")]
        public sealed partial class TableFlb
        {
            Table Preserve(out TableState state, IKho kho) { state = new TableState { Page = kho.AllocatePreserved(4096).Address }; return new Table(); }
            void Unpreserve(Table table, in TableState state, IKho kho) => kho.UnpreserveFree(kho.FindPreserved(state.Page));
            Table Retrieve(in TableState state, IKho kho) { {{retrieve}} return new Table(); }
            void Finish(Table table, in TableState state, IKho kho) { {{finish}} }
        }
        """));

    [Theory]
    [InlineData("", "{|LUO4001:Finish|}", "_ = kho.TryFindInherited(state.Page, out _);")]
    [InlineData("kho.RestoreFree(kho.FindInherited(state.Page));", "Finish", "_ = kho.TryFindInherited(state.Page, out _);")]
    [InlineData("", "Finish", "_ = kho.TryFindInherited(state.Page, out _); _ = new Holder(table);")]
    [InlineData("", "{|LUO4001:Finish|}", "_ = kho.TryFindInherited(state.Page, out _); _ = new Holder(new Disk());")]
    public Task Finish_of_an_FLB_of_another_kind(string retrieve, string name, string finish) => FlowSource.VerifyAsync(FlowSource.Code($$"""
        public sealed class Table { public int Count { get; set; } }
        public sealed class Holder { public Holder(Table table) => _ = table; public Holder(Disk disk) => _ = disk; }
        [PreservedState] public struct TableState { public PhysicalAddress Page; }
        [LiveUpdateFlb("table-v1")]
        public sealed partial class TableFlb
        {
            Table Preserve(out TableState state, IKho kho) { state = new TableState { Page = kho.AllocatePreserved(4096).Address }; return new Table(); }
            void Unpreserve(Table table, in TableState state, IKho kho) => kho.UnpreserveFree(kho.FindPreserved(state.Page));
            Table Retrieve(in TableState state, IKho kho) { {{retrieve}} return new Table(); }
            void {{name}}(Table table, in TableState state, IKho kho) { {{finish}} }
        }
        """));

    private const string Elsewhere = """
        public interface IUndo { void Run(); }
        public sealed class Elsewhere
        {
            public Elsewhere(IKho kho) => _ = kho.Pages;
            public Elsewhere(int number) => _ = number;
            public Elsewhere(IUndo? undo) => _ = undo;
            public Elsewhere(DiskState state) => _ = state;
            public static void Run() { }
            public static ulong Take(IKho kho) => (ulong)kho.Pages.Allocate(0).Order;
            public static void Free(KhoRange range) { }
            public static void Free(ulong address) { }
            public static void Free(ulong address, IKho kho) { }
            public static void Clear(ref DiskState state) => state = default;
            public static Disk Make(IKho kho) => new() { Segment = kho.Pages.Allocate(0).Order };
        }

        """;
}
