namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO4001, LUO4002 and LUO4007: memory that is taken is given back, once, on every way.</summary>
public sealed class MemoryRulesTests
{
    [Fact]
    public Task A_right_handler_has_none() => FlowSource.VerifyAsync(FlowSource.With());

    [Theory]
    [InlineData("void {|LUO4001:Unpreserve|}() { }")]
    [InlineData("void {|LUO4001:Unpreserve|}(Disk file) => Console.WriteLine(file.Size);")]
    [InlineData("void {|LUO4001:Unpreserve|}(in DiskState state) { ulong size = state.Size; if (size == 0) return; }")]
    public Task Unpreserve_that_releases_nothing(string unpreserve) => FlowSource.VerifyAsync(FlowSource.With(unpreserve: unpreserve));

    [Theory]
    [InlineData("void {|LUO4001:Finish|}(RetrieveStatus status) { if (status.IsNotTried) return; }")]
    [InlineData("void {|LUO4001:Finish|}() => System.Diagnostics.Debug.WriteLine(1);")]
    public Task Finish_that_releases_nothing(string finish) => FlowSource.VerifyAsync(FlowSource.With(finish: finish));

    [Fact]
    public Task What_a_method_of_the_handler_takes_counts() => FlowSource.VerifyAsync(FlowSource.With(
        preserve: "void Preserve(Disk file, out DiskState state, IKho kho) => state = new DiskState { Size = Take(kho) };",
        unpreserve: "void {|LUO4001:Unpreserve|}() { }",
        other: "private static ulong Take(IKho kho) => kho.AllocatePreserved(4096).Address.Value;"));

    [Fact]
    public Task What_a_scope_takes_counts() => FlowSource.VerifyAsync(FlowSource.With(
        preserve: """
            void Preserve(Disk file, out DiskState state, IKho kho)
            {
                using var scope = new PreservationScope(kho);
                state = new DiskState { Size = scope.AllocatePreserved(4096).Address.Value };
                scope.Commit();
            }
            """,
        finish: "void {|LUO4001:Finish|}() { }"));

    [Theory]
    [InlineData("void Unpreserve(in DiskState state, IKho kho) => GiveBack(kho);")]
    [InlineData("void Unpreserve() => throw new NotSupportedException();")]
    [InlineData("void Unpreserve(in DiskState state, IKho kho) { Action undo = () => GiveBack(kho); undo(); }")]
    public Task Whatever_may_release_counts(string unpreserve) => FlowSource.VerifyAsync(FlowSource.With(
        unpreserve: unpreserve, other: "private static void GiveBack(IKho kho) { _ = kho.Pages; }"));

    [Fact]
    public Task A_handler_that_takes_nothing_has_nothing_to_release() => FlowSource.VerifyAsync(FlowSource.Plain());

    [Fact]
    public Task A_pinned_mapping_is_nothing_to_Finish() => FlowSource.VerifyAsync(FlowSource.Code("""
        [LiveUpdateFileHandler("memory-v1")]
        public sealed partial class MemoryHandler
        {
            bool CanPreserve(Memfd file) => true;
            void Preserve(Memfd file) => file.FreezeMapping();
            void {|LUO4001:Unpreserve|}(Memfd file) { }
            Memfd Retrieve(IKho kho) => new Memfd(kho.Pages);
            void Finish() { }
        }
        """));

    [Theory]
    [InlineData("void Finish(in DiskState state, IKho kho) => kho.RestoreFree({|LUO4002:kho.FindInherited(new PhysicalAddress(state.Size))|});")]
    [InlineData("void Finish(in DiskState state, RetrieveStatus status, IKho kho) { kho.RestoreFree({|LUO4002:kho.FindInherited(new PhysicalAddress(state.Size))|}); }")]
    [InlineData("void Finish(in DiskState state, IKho kho) { KhoVmallocArray<ulong> array = {|LUO4002:KhoVmallocArray<ulong>.FindInherited(kho, default, state.Size)|}; array.RestoreFree(); }")]
    [InlineData("void {|LUO4002:Finish|}(in DiskState state, IKho kho) => Free(state.Size, kho);")]
    public Task Finish_that_does_not_ask(string finish) => FlowSource.VerifyAsync(FlowSource.With(
        finish: finish, other: "private static void Free(ulong address, IKho kho) => kho.RestoreFree(kho.FindInherited(new PhysicalAddress(address)));"));

    [Theory]
    [InlineData("void Finish(in DiskState state, IKho kho) { if (state.Size != 0) Free(state.Size, kho); }")]
    [InlineData("void Finish(in DiskState state, IKho kho) { for (ulong i = 0; i < state.Position; i++) Free(state.Size, kho); }")]
    [InlineData("void Finish(in DiskState state, IKho kho) { if (kho.TryFindInherited(new PhysicalAddress(state.Size), out KhoRange range)) kho.RestoreFree(range); }")]
    [InlineData("void Finish(in DiskState state, IKho kho) { try { Free(state.Size, kho); } catch (ErrnoException) { } }")]
    [InlineData("void Finish(in DiskState state, RetrieveStatus status, IKho kho) { switch (status) { case { IsNotTried: true }: Free(state.Size, kho); break; } }")]
    [InlineData("void Finish(in DiskState state, RetrieveStatus status, IKho kho) { if (!status.IsRetrieved && !status.IsFailed) Free(state.Size, kho); }")]
    [InlineData("void Finish(in DiskState state, IKho kho) { ulong address = state.Size; if (address == 0) return; Free(address, kho); }")]
    [InlineData("void Finish(in DiskState state, IKho kho) { FreeIfAny(state.Size); void FreeIfAny(ulong address) { if (address != 0) Free(address, kho); } }")]
    [InlineData("void Finish(in DiskState state, IKho kho) => FreeIfAny(state.Size, kho); private static void FreeIfAny(ulong address, IKho kho) { if (address != 0) Free(address, kho); }")]
    public Task Finish_that_looks_at_what_is_left(string finish) => FlowSource.VerifyAsync(FlowSource.With(
        finish: finish, other: "private static void Free(ulong address, IKho kho) => kho.RestoreFree(kho.FindInherited(new PhysicalAddress(address)));"));

    [Fact]
    public Task Memory_that_only_Finish_frees_is_there_in_any_case() => FlowSource.VerifyAsync(FlowSource.Code("""
        [LiveUpdateFileHandler("raw-v1")]
        public sealed partial class RawHandler
        {
            bool CanPreserve(Disk file) => true;
            void Preserve(Disk file, out ulong serializedData, IKho kho) => serializedData = kho.AllocatePreserved(4096).Address.Value;
            void Unpreserve(ulong serializedData, IKho kho) => kho.UnpreserveFree(kho.FindPreserved(new PhysicalAddress(serializedData)));
            Disk Retrieve(ulong serializedData, IKho kho) => new Disk { Size = kho.GetSpan(kho.FindInherited(new PhysicalAddress(serializedData)))[0] };
            void Finish(ulong serializedData, IKho kho) => kho.RestoreFree(kho.FindInherited(new PhysicalAddress(serializedData)));
        }
        """));

    [Theory]
    [InlineData("KhoRange range = {|LUO4007:kho.AllocatePreserved(4096)|}; if (file.Size == 0) throw new ErrnoException(Errno.EINVAL); state.Size = range.Address.Value; return Errno.None;")]
    [InlineData("KhoRange range = {|LUO4007:kho.AllocatePreserved(4096)|}; if (file.Size == 0) return Errno.EINVAL; state.Size = range.Address.Value; return Errno.None;")]
    [InlineData("KhoRange range = {|LUO4007:kho.AllocatePreserved(4096)|}; Errno error = Check(file); if (error != Errno.None) return error; state.Size = range.Address.Value; return error;")]
    [InlineData("KhoRange range = {|LUO4007:kho.AllocatePreserved(4096)|}; state.Size = range.Address.Value; state.Position = (ulong)kho.AllocatePreserved(4096).ByteCount; return Errno.None;")]
    [InlineData("KhoRange range = {|LUO4007:kho.AllocatePreserved(4096)|}; state.Size = range.Address.Value; Throw(file); return Errno.None;")]
    [InlineData("foreach (Folio folio in file.Folios) state.Size = {|LUO4007:kho.Preserve(folio)|}.Address.Value; return Errno.None;")]
    [InlineData("var array = {|LUO4007:KhoVmallocArray<ulong>.AllocatePreserved(kho, 8)|}; foreach (Folio folio in file.Folios) state.Size = {|LUO4007:kho.Preserve(folio)|}.Address.Value; state.Position = array.Count; return Errno.None;")]
    [InlineData("KhoRange range = {|LUO4007:kho.AllocatePreserved(4096)|}; state.Size = range.Address.Value; using var scope = new PreservationScope(kho); scope.AllocatePreserved(4096); scope.Commit(); return Errno.None;")]
    [InlineData("KhoRange range = {|LUO4007:kho.AllocatePreserved(4096)|}; List<KhoRange> all = [range]; all.Add(range); if (file.Size == 0) return Errno.EINVAL; return Errno.None;")]
    [InlineData("Errno error = Errno.None; foreach (Folio folio in file.Folios) { try { state.Size = {|LUO4007:kho.Preserve(folio)|}.Address.Value; } catch (ErrnoException e) { error = e.Errno; break; } } return error;")]
    [InlineData("List<Action> undo = []; KhoRange range = {|LUO4007:kho.AllocatePreserved(4096)|}; undo.Add(() => Console.WriteLine(range)); if (file.Size == 0) return Errno.EINVAL; return Errno.None;")]
    public Task A_failure_leaves_it(string body) => FlowSource.VerifyAsync(WithPreserve(body));

    [Theory]
    [InlineData("if (file.Size == 0) return Errno.EINVAL; state.Size = kho.AllocatePreserved(4096).Address.Value; return Errno.None;")]
    [InlineData("KhoRange range = kho.AllocatePreserved(4096); if (file.Size == 0) { kho.UnpreserveFree(range); return Errno.EINVAL; } state.Size = range.Address.Value; return Errno.None;")]
    [InlineData("KhoRange range = kho.AllocatePreserved(4096); try { Throw(file); } catch { kho.UnpreserveFree(range); throw; } state.Size = range.Address.Value; return Errno.None;")]
    [InlineData("KhoRange range = kho.AllocatePreserved(4096); bool isDone = false; try { if (file.Size == 0) return Errno.EINVAL; isDone = true; } finally { if (!isDone) kho.UnpreserveFree(range); } state.Size = range.Address.Value; return Errno.None;")]
    [InlineData("List<KhoRange> ranges = []; try { foreach (Folio folio in file.Folios) ranges.Add(kho.Preserve(folio)); } catch { ranges.ForEach(kho.Unpreserve); throw; } return Errno.None;")]
    [InlineData("if (file.Size != 0) { state.Size = kho.AllocatePreserved(4096).Address.Value; return Errno.None; } return Errno.EINVAL;")]
    [InlineData("if (file.Size != 0) { state.Size = kho.AllocatePreserved(4096).Address.Value; } else { throw new ErrnoException(Errno.EINVAL); } return Errno.None;")]
    [InlineData("using var scope = new PreservationScope(kho); KhoRange range = kho.AllocatePreserved(4096); scope.OnRollback(() => kho.UnpreserveFree(range)); Throw(file); scope.Commit(); return Errno.None;")]
    [InlineData("using var scope = new PreservationScope(kho); foreach (Folio folio in file.Folios) scope.Preserve(folio); Throw(file); scope.Commit(); return Errno.None;")]
    [InlineData("KhoRange range = kho.AllocatePreserved(4096); if (file.Size == 0) { GiveUp(); return Errno.EINVAL; } state.Size = range.Address.Value; return Errno.None; void GiveUp() => kho.UnpreserveFree(range);")]
    [InlineData("KhoRange range = kho.AllocatePreserved(4096); if (file.Size == 0) { GiveUp(kho, range); throw new ErrnoException(Errno.EINVAL); } state.Size = range.Address.Value; return Errno.None;")]
    [InlineData("KhoRange range = kho.AllocatePreserved(4096); Action undo = () => kho.UnpreserveFree(range); if (file.Size == 0) { undo(); return Errno.EINVAL; } return Errno.None;")]
    [InlineData("KhoRange range = kho.AllocatePreserved(4096); using var owner = new Owner(kho, range); Throw(file); owner.Keep(); return Errno.None;")]
    [InlineData("KhoRange range = kho.AllocatePreserved(4096); Func<int> later = () => throw new InvalidOperationException(); state.Size = range.Address.Value; return Errno.None;")]
    [InlineData("KhoRange range = kho.AllocatePreserved(4096); state.Size = range.Address.Value; return Errno.None;")]
    [InlineData("List<KhoRange> ranges = []; Errno error = Errno.None; foreach (Folio folio in file.Folios) { try { ranges.Add(kho.Preserve(folio)); } catch (ErrnoException e) { error = e.Errno; break; } } if (error != Errno.None) ranges.ForEach(kho.Unpreserve); return error;")]
    [InlineData("KhoRange range = kho.AllocatePreserved(4096); if (file.Size == 0) { Tools.Abandon(kho, range); return Errno.EINVAL; } state.Size = range.Address.Value; return Errno.None;")]
    [InlineData("Stack<Action> undo = []; foreach (Folio folio in file.Folios) { KhoRange range = kho.Preserve(folio); undo.Push(() => kho.Unpreserve(range)); } Throw(file); return Errno.None;")]
    [InlineData("List<Action> undo = []; var array = KhoVmallocArray<ulong>.AllocatePreserved(kho, 8); undo.Add(array.UnpreserveFree); Throw(file); return Errno.None;")]
    [InlineData("using var scope = new PreservationScope(kho); KhoRange range = kho.AllocatePreserved(4096); scope.OnRollback(() => Tools.Abandon(kho, range)); Throw(file); scope.Commit(); return Errno.None;")]
    public Task Nothing_is_left(string body) => FlowSource.VerifyAsync(WithPreserve(body));

    [Theory]
    [InlineData("TakeAll(file, kho);", "foreach (Folio folio in file.Folios) {|LUO4007:kho.Preserve(folio)|};")]
    [InlineData("TakeAll(file, kho);", "foreach (Folio folio in file.Folios) { if (folio.Order == 0) {|LUO4007:kho.Preserve(folio)|}; }")]
    [InlineData("TakeAll(file, kho);", "kho.Preserve(file.Folios[0]);")]
    [InlineData("try { TakeAll(file, kho); } catch { GiveUp(kho); throw; }", "foreach (Folio folio in file.Folios) kho.Preserve(folio);")]
    [InlineData("", "foreach (Folio folio in file.Folios) kho.Preserve(folio);")]
    public Task A_method_of_the_handler_takes(string body, string taking) => FlowSource.VerifyAsync(FlowSource.With(
        preserve: $"void Preserve(Disk file, out DiskState state, IKho kho) {{ {body} state = new DiskState {{ Size = kho.AllocatePreserved(4096).Address.Value }}; }}",
        other: $$"""
            private static void TakeAll(Disk file, IKho kho) { {{taking}} }
            private static void GiveUp(IKho kho) => kho.UnpreserveFree(kho.FindPreserved(default));
            """));

    [Theory]
    [InlineData("KhoRange range = {|LUO4007:kho.FindInherited(new PhysicalAddress(state.Size))|}; if (state.Position != 0) throw new ErrnoException(Errno.EINVAL); kho.RestoreFree(range); return new Disk();")]
    [InlineData("KhoRange range = {|LUO4007:kho.FindInherited(new PhysicalAddress(state.Size))|}; if (state.Count > 7) throw new ErrnoException(Errno.EFBIG); kho.RestoreFree(range); return new Disk();")]
    public Task Retrieve_loses_what_it_found(string body) => FlowSource.VerifyAsync(WithRetrieve(body));

    [Theory]
    [InlineData("if (state.Size == 0) throw new ErrnoException(Errno.EINVAL); KhoRange range = kho.FindInherited(new PhysicalAddress(state.Size)); kho.RestoreFree(range); return new Disk();")]
    [InlineData("KhoRange range = kho.FindInherited(new PhysicalAddress(state.Size)); if (state.Position != 0) { kho.RestoreFree(range); throw new ErrnoException(Errno.EINVAL); } kho.RestoreFree(range); return new Disk();")]
    [InlineData("KhoRange range = kho.FindInherited(new PhysicalAddress(state.Size)); try { if (state.Position != 0) throw new ErrnoException(Errno.EINVAL); return new Disk(); } finally { kho.RestoreFree(range); }")]
    [InlineData("Folio folio = kho.Restore(kho.FindInherited(new PhysicalAddress(state.Size))); if (state.Position != 0) { kho.Pages.Free(folio); throw new ErrnoException(Errno.EINVAL); } return new Disk();")]
    public Task Retrieve_loses_nothing(string body) => FlowSource.VerifyAsync(WithRetrieve(body));

    private static string WithRetrieve(string body) => FlowSource.With(retrieve: $"Disk? Retrieve(in DiskState state, IKho kho) {{ {body} }}");

    private static string WithPreserve(string body) => FlowSource.With(
        preserve: $"Errno Preserve(Disk file, out DiskState state, IKho kho) {{ state = default; {body} }}",
        other: """
            private static Errno Check(Disk file) => file.Size == 0 ? Errno.EINVAL : Errno.None;
            private static void Throw(Disk file) { if (file.Size == 0) throw new ErrnoException(Errno.EINVAL); }
            private static void GiveUp(IKho kho, KhoRange range) => kho.UnpreserveFree(range);
            private sealed class Owner(IKho kho, KhoRange range) : IDisposable
            {
                private bool _isKept;
                public void Keep() => _isKept = true;
                public void Dispose() { if (!_isKept) kho.UnpreserveFree(range); }
            }
            private static class Tools { public static void Abandon(IKho kho, KhoRange range) => kho.UnpreserveFree(range); }
            """);
}
