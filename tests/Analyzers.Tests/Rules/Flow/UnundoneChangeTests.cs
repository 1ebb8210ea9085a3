namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO4001 and LUO4007 in detail: what callbacks do to the file, or put into the object of an FLB, and do not take back.</summary>
public sealed class UnundoneChangeTests
{
    [Theory]
    [InlineData("{|LUO4001:file.Hold()|};", "")]
    [InlineData("if (file.Size != 0) {|LUO4001:file.Hold()|};", "")]
    [InlineData("{|LUO4001:file.StopDevice()|};", "")]
    [InlineData("try { {|LUO4001:file.Hold()|}; } catch { file.Release(); throw; }", "")]
    [InlineData("file.Hold();", "_other.Size = 1;")]
    [InlineData("{|LUO4001:file.Hold()|}; Action later = file.Nothing; later = () => file.Release();", "")]
    [InlineData("file.Hold();", "file.Release();")]
    [InlineData("file.Hold();", "GiveBack(file);")]
    [InlineData("file.Hold();", "Elsewhere.GiveBack(file);")]
    [InlineData("file.Hold();", "_ = new Undo(file);")]
    [InlineData("file.Hold();", "file.Abandon();")]
    [InlineData("file.Hold();", "file.Size = 0;")]
    [InlineData("file.Hold();", "Action undo = file.Release; undo();")]
    [InlineData("file.Hold(); file.Release();", "")]
    [InlineData("file.Hold(); GiveBack(file);", "")]
    [InlineData("file.Quiesce(); file.Unquiesce();", "")]
    [InlineData("file.Mark();", "")]
    [InlineData("file.Nothing();", "")]
    [InlineData("file.Holder();", "")]
    [InlineData("file.HoldFor(1);", "")]
    [InlineData("_ = file.HoldAny();", "")]
    [InlineData("_other.Hold();", "")]
    [InlineData("Action later = () => file.Hold();", "")]
    [InlineData("{|LUO4001:file.Hold()|};", "_disk.Size = 1;")]
    public Task Files(string preserve, string unpreserve) => FlowSource.VerifyAsync(FlowSource.Code(Types + $$"""
        [LiveUpdateFileHandler("tape-v1")]
        public sealed partial class TapeHandler
        {
            private readonly Tape _other = new();
            private readonly Disk _disk = new();
            bool CanPreserve(Tape file) => _other.Size == 0;
            void Preserve(Tape file) { {{preserve}} }
            void Unpreserve(Tape file) { {{unpreserve}} }
            Tape Retrieve() => new();
            void Finish(Tape? file) { }
            private static void GiveBack(Tape file) => file.Release();
        }
        """));

    // Between the change and its end, where LUO calls no counterpart.
    [Theory]
    [InlineData("{|LUO4007:file.Hold()|}; if (file.Size == 0) return Errno.EIO;", "file.Release();")]
    [InlineData("{|LUO4007:file.IsHeld = true|}; if (file.Size == 0) return Errno.EIO;", "file.IsHeld = false;")]
    [InlineData("{|LUO4007:file.IsHeld = true|}; try { Throw(); } finally { file.IsOn = false; }", "file.IsHeld = false;")]
    [InlineData("{|LUO4007:file.IsHeld = true|}; file.IsOn = false; if (file.Size == 0) return Errno.EIO;", "file.IsHeld = false;")]
    [InlineData("file.Hold(); if (file.Size == 0) { file.Release(); return Errno.EIO; }", "file.Release();")]
    [InlineData("file.Quiesce(); if (file.Size == 0) { file.Unquiesce(); return Errno.EIO; }", "file.Unquiesce();")]
    [InlineData("file.Hold(); try { Throw(); } catch { file.Release(); throw; }", "file.Release();")]
    [InlineData("file.IsHeld = true; if (file.Size == 0) { file.IsHeld = false; return Errno.EIO; }", "file.IsHeld = false;")]
    [InlineData("file.IsHeld = true; try { Throw(); } catch { file.IsHeld = false; throw; }", "file.IsHeld = false;")]
    [InlineData("bool isDone = false; file.IsHeld = true; try { Throw(); isDone = true; } finally { if (!isDone) file.IsHeld = false; }", "file.IsHeld = false;")]
    [InlineData("if (file.Size == 0) return Errno.EIO; file.Hold(); file.IsHeld = true;", "file.Release(); file.IsHeld = false;")]
    [InlineData("file.IsHeld = file.Size == 0; if (file.Size == 0) return Errno.EIO;", "file.IsHeld = false;")]
    [InlineData("file.IsHeld = false; if (file.Size == 0) return Errno.EIO;", "file.IsHeld = false;")]
    [InlineData("file.IsOn = true; if (file.Size == 0) return Errno.EIO;", "file.IsHeld = false;")]
    [InlineData("file.Hold(); if (file.Size == 0) return Errno.EIO; file.Release();", "file.IsHeld = false;")]
    [InlineData("file.Nothing(); if (file.Size == 0) return Errno.EIO;", "file.IsHeld = false;")]
    [InlineData("_other.IsHeld = true; if (file.Size == 0) return Errno.EIO;", "file.IsHeld = false;")]
    [InlineData("file.IsHeld = true; if (file.Size == 0) return Errno.EIO;", "Action later = () => file.IsHeld = false;")]
    [InlineData("using var scope = new PreservationScope(kho); file.Hold(); scope.OnRollback(file.Release); if (file.Size == 0) return Errno.EIO; scope.Commit();", "file.Release();")]
    [InlineData("{|LUO4007:file.IsHeld = true|}; if (file.Size == 0) return Errno.EIO;", "file.IsHeld = false; file.IsOn = true;")]
    public Task Failures(string preserve, string unpreserve) => FlowSource.VerifyAsync(FlowSource.Code(Types + $$"""
        [LiveUpdateFileHandler("tape-v1")]
        public sealed partial class TapeHandler
        {
            private readonly Tape _other = new();
            bool CanPreserve(Tape file) => _other.Size == 0;
            Errno Preserve(Tape file, IKho kho) { {{preserve}} return Errno.None; }
            void Unpreserve(Tape file) { {{unpreserve}} }
            Tape Retrieve() => new();
            void Finish(Tape? file) { }
            private static void Throw() => throw new ErrnoException(Errno.EIO);
        }
        """));

    // What gives memory up takes back nothing that was done to the file.
    [Theory]
    [InlineData("KhoRange taken = kho.AllocatePreserved(4096); {|LUO4007:file.Hold()|}; if (file.Size == 0) { kho.UnpreserveFree(taken); return Errno.EIO; } serializedData = taken.Address.Value;")]
    [InlineData("var taken = KhoVmallocArray<ulong>.AllocatePreserved(kho, 8); {|LUO4007:file.Hold()|}; if (file.Size == 0) { taken.UnpreserveFree(); return Errno.EIO; }")]
    [InlineData("KhoRange taken = kho.AllocatePreserved(4096); file.Hold(); if (file.Size == 0) { file.Release(); kho.UnpreserveFree(taken); return Errno.EIO; } serializedData = taken.Address.Value;")]
    public Task Failures_with_memory(string preserve) => FlowSource.VerifyAsync(FlowSource.Code(Types + $$"""
        [LiveUpdateFileHandler("tape-v1")]
        public sealed partial class TapeHandler
        {
            bool CanPreserve(Tape file) => true;
            Errno Preserve(Tape file, out ulong serializedData, IKho kho) { serializedData = 0; {{preserve}} return Errno.None; }
            void Unpreserve(Tape file, ulong serializedData, IKho kho) { file.Release(); kho.UnpreserveFree(kho.FindPreserved(new PhysicalAddress(serializedData))); }
            Tape Retrieve() => new();
            void Finish(Tape? file, ulong serializedData, IKho kho) => kho.RestoreFree(kho.FindInherited(new PhysicalAddress(serializedData)));
        }
        """));

    [Theory]
    [InlineData("{|LUO4001:table.Entries.Add(1)|};", "Tape file", "")]
    [InlineData("{|LUO4001:table.Add(1)|};", "Tape file", "")]
    [InlineData("{|LUO4001:table.Entries.Insert(0, 1)|};", "Tape file", "")]
    [InlineData("{|LUO4001:table.Waiting.Enqueue(1)|};", "Tape file", "")]
    [InlineData("{|LUO4001:table.Stack.Push(1)|};", "Tape file", "")]
    [InlineData("table.Entries.Add(1);", "Tape file, Table table", "table.Entries.Remove(1);")]
    [InlineData("table.Entries.Add(1);", "Tape file", "file.Nothing();")]
    [InlineData("table.Waiting.Enqueue(1); if (table.Waiting.Count > 9) table.Waiting.Dequeue();", "Tape file", "")]
    [InlineData("if (!table.Entries.Contains(1)) table.Entries.Add(1);", "Tape file", "")]
    [InlineData("_ = table.Next++;", "Tape file", "")]
    [InlineData("table.Clear();", "Tape file", "")]
    [InlineData("_lists[table.Next].Add(1);", "Tape file", "")]
    [InlineData("List<int> own = []; own.Add(table.Next);", "Tape file", "")]
    [InlineData("Action later = () => table.Add(1);", "Tape file", "")]
    [InlineData("{|LUO4001:table.Entries.Add(1)|};", "Tape file", "_ = Page.CountFor(file.Size);")]
    [InlineData("{|LUO4001:table.Entries.Add(1)|}; _lists.Clear();", "Tape file", "")]
    public Task Objects_of_FLBs(string preserve, string parameters, string unpreserve) => FlowSource.VerifyAsync(FlowSource.Code(Types + $$"""
        public sealed class Table
        {
            public int Next { get; set; }
            public List<int> Entries { get; } = [];
            public Queue<int> Waiting { get; } = new();
            public Stack<int> Stack { get; } = new();
            public void Add(int entry) => Entries.Add(entry);
            public void Clear() => Entries.Clear();
        }
        [LiveUpdateFileHandler("tape-v1")]
        [UsesFlb<TableFlb>]
        public sealed partial class TapeHandler
        {
            private readonly List<List<int>> _lists = [];
            bool CanPreserve(Tape file) => _lists.Count == 0;
            void Preserve(Tape file, Table table) { {{preserve}} }
            void Unpreserve({{parameters}}) { {{unpreserve}} }
            Tape Retrieve() => new();
            void Finish(Tape? file) { }
        }
        [LiveUpdateFlb("table-v1")]
        public sealed partial class TableFlb
        {
            Table Preserve(out ulong serializedData) { serializedData = 1; return new Table(); }
            void Unpreserve(Table table) { }
            Table Retrieve(ulong serializedData) => new() { Next = (int)(serializedData & 1) };
            void Finish(Table table) { }
        }
        """));

    private const string Types = """
        public class Machine : LuoFile { public new void Release() { } public void ReleaseAny() { } public void ReleaseFor() { } public void Unquiesce() { } public void StartDevice() { } }
        public sealed class Tape : Machine
        {
            public ulong Size { get; set; }
            public bool IsHeld { get; set; }
            public bool IsOn { get; set; }
            public void Hold() { }
            public void HoldFor(int time) { }
            public bool HoldAny() => true;
            public void Holder() { }
            public void StopDevice() { }
            public void Quiesce() { }
            public void Resume() { }
            public void Mark() { }
            public void Nothing() { }
            public void Abandon() => Release();
        }
        public static class Elsewhere { public static void GiveBack(Tape file) => file.Release(); }
        public sealed class Undo { public Undo(Tape file) => file.Release(); }

        """;
}
