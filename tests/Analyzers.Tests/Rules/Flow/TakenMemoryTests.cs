namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO4001, LUO4002, LUO4007 and LUO4014 in detail: which calls take, which release, and which are only named so.</summary>
public sealed class TakenMemoryTests
{
    private const string Find = "kho.RestoreFree(kho.FindInherited(new PhysicalAddress(state.Size)));";

    [Theory]
    [InlineData("void {|LUO4001:Unpreserve|}(Disk file) { object gate = new(); lock (gate) { } Console.WriteLine(file.Size); }")]
    [InlineData("void {|LUO4001:Unpreserve|}(Disk file) { ulong size = 0; size = file.Size; }")]
    [InlineData("void Unpreserve(Disk file, IKho kho) => _ = new Releaser(kho);")]
    [InlineData("void Unpreserve(Disk file) => file.Segment = 0;")]
    public Task What_may_release(string unpreserve) => FlowSource.VerifyAsync(FlowSource.With(
        unpreserve: unpreserve, other: "private sealed class Releaser { public Releaser(IKho kho) => _ = kho.Pages; }"));

    // For each of many: the method that gives one back is handed to somebody who calls it.
    [Theory]
    [InlineData("new[] { kho.FindPreserved(new PhysicalAddress(state.Size)) }.ToList().ForEach(kho.UnpreserveFree);", false)]
    [InlineData("new[] { kho.FindPreserved(new PhysicalAddress(state.Size)) }.ToList().ForEach(Note);", true)]
    public Task Given_back_by_a_method_group(string body, bool isKept) => FlowSource.VerifyAsync("using System.Linq;\n" + FlowSource.With(
        unpreserve: $"void {(isKept ? "{|LUO4001:Unpreserve|}" : "Unpreserve")}(in DiskState state, IKho kho) {{ {body} }} private static void Note(KhoRange range) {{ }}"));

    // Methods of the author's own, of the same names as the runtime's.
    [Theory]
    [InlineData("Own.Preserve();")]
    [InlineData("Own.AllocatePreserved();")]
    [InlineData("new Own().FreezeMapping();")]
    public Task What_only_looks_like_taking(string call) => FlowSource.VerifyAsync(FlowSource.Plain(
        preserve: $"void Preserve(Disk file, out DiskState state) {{ {call} if (file.Size == 0) throw new ErrnoException(Errno.EIO); state = new DiskState {{ Size = file.Size }}; }}")
        + OwnTypes);

    [Fact]
    public Task The_class_behind_the_interface_takes_as_well() => FlowSource.VerifyAsync(FlowSource.With(
        preserve: "void Preserve(Disk file, out DiskState state) => state = new DiskState { Size = _kho.AllocatePreserved(4096).Address.Value };",
        unpreserve: "void {|LUO4001:Unpreserve|}() { }",
        other: "private readonly KexecHandover _kho; public DiskHandler(KexecHandover kho) => _kho = kho;"));

    [Theory]
    [InlineData("void Finish(in DiskState state) => Own.RestoreFree(Own.FindInherited(state.Size));")]
    [InlineData("void Finish(in DiskState state, IKho kho) { switch (state.Size) { case 0: break; default: " + Find + " break; } }")]
    [InlineData("void Finish(in DiskState state, IKho kho) { _ = state.Size switch { 0 => 0, _ => Free(state.Size, kho) }; }")]
    [InlineData("void Finish(in DiskState state, IKho kho) { switch (_count) { case 0: break; default: kho.RestoreFree({|LUO4002:kho.FindInherited(new PhysicalAddress(state.Size))|}); break; } }")]
    [InlineData("void {|LUO4002:Finish|}(in DiskState state, IKho kho) { _ = _count switch { 0 => 0, _ => Free(state.Size, kho) }; }")]
    [InlineData("void Finish(in DiskState state, IKho kho) { for (int i = 0; i < 1; i++) kho.RestoreFree({|LUO4002:kho.FindInherited(new PhysicalAddress(state.Size))|}); }")]
    [InlineData("void Finish(in DiskState state, IKho kho) { if (_count == 0) kho.RestoreFree({|LUO4002:kho.FindInherited(new PhysicalAddress(state.Size))|}); }")]
    [InlineData("void Finish(in DiskState state, IKho kho, RetrieveStatus status) { kho.RestoreFree({|LUO4002:kho.FindInherited(new PhysicalAddress(state.Size))|}); }")]
    [InlineData("void {|LUO4002:Finish|}(in DiskState state, IKho kho, RetrieveStatus status) { if (!status.IsRetrieved) Free(state.Size, kho); }")]
    [InlineData("void Finish(in DiskState state, IKho kho) { _ = Own.TryFindInherited(); kho.RestoreFree({|LUO4002:kho.FindInherited(new PhysicalAddress(state.Size))|}); }")]
    public Task What_Finish_asks(string finish) => FlowSource.VerifyAsync(FlowSource.With(
        finish: finish,
        other: """
            private readonly int _count; public DiskHandler(int count) => _count = count;
            private static int Free(ulong address, IKho kho) { kho.RestoreFree(kho.FindInherited(new PhysicalAddress(address))); return 1; }
            """) + OwnTypes);

    [Theory]
    [InlineData("KhoVmallocArray<ulong> array = KhoVmallocArray<ulong>.FindInherited(kho, default, 1); array.RestoreFree();", "{|LUO4002:kho.FindInherited(new PhysicalAddress(serializedData))|}")]
    [InlineData("kho.RestoreFree(kho.FindInherited(new PhysicalAddress(serializedData)));", "{|LUO4002:kho.FindInherited(new PhysicalAddress(serializedData))|}")]
    [InlineData("kho.Restore(kho.FindInherited(new PhysicalAddress(serializedData)));", "{|LUO4002:kho.FindInherited(new PhysicalAddress(serializedData))|}")]
    [InlineData("Own.RestoreFree(1); Own.Restore();", "kho.FindInherited(new PhysicalAddress(serializedData))")]
    public Task What_Retrieve_uses_up(string retrieve, string found) => FlowSource.VerifyAsync(FlowSource.Code($$"""
        [LiveUpdateFileHandler("raw-v1")]
        public sealed partial class RawHandler
        {
            bool CanPreserve(Disk file) => true;
            void Preserve(Disk file, out ulong serializedData, IKho kho) => serializedData = kho.AllocatePreserved(4096).Address.Value;
            void Unpreserve(ulong serializedData, IKho kho) => kho.UnpreserveFree(kho.FindPreserved(new PhysicalAddress(serializedData)));
            Disk Retrieve(ulong serializedData, IKho kho) { {{retrieve}} return new Disk(); }
            void Finish(ulong serializedData, IKho kho) => kho.RestoreFree({{found}});
        }
        """) + OwnTypes);

    [Theory]
    [InlineData("KhoRange range = {|LUO4007:kho.AllocatePreserved(4096)|}; Restored(); if (file.Size == 0) throw new ErrnoException(Errno.EIO); state.Size = range.Address.Value; return Errno.None;")]
    [InlineData("KhoRange range = {|LUO4007:kho.AllocatePreserved(4096)|}; try { if (file.Size == 0) throw new ErrnoException(Errno.EIO); } finally { state.Number = 1; } state.Size = range.Address.Value; return Errno.None;")]
    [InlineData("KhoRange range = {|LUO4007:kho.AllocatePreserved(4096)|}; try { if (file.Size == 0) throw new ErrnoException(Errno.EIO); } catch (InvalidOperationException) { state.Number = 1; } state.Size = range.Address.Value; return Errno.None;")]
    [InlineData("KhoRange range = {|LUO4007:kho.AllocatePreserved(4096)|}; _ = new Plain(range); if (file.Size == 0) throw new ErrnoException(Errno.EIO); state.Size = range.Address.Value; return Errno.None;")]
    [InlineData("KhoRange range = {|LUO4007:kho.AllocatePreserved(4096)|}; using var owner = new Empty(); if (file.Size == 0) throw new ErrnoException(Errno.EIO); state.Size = range.Address.Value; return Errno.None;")]
    [InlineData("KhoRange range = {|LUO4007:kho.AllocatePreserved(4096)|}; using var scope = new PreservationScope(kho); if (file.Size == 0) throw new ErrnoException(Errno.EIO); state.Size = range.Address.Value; scope.Commit(); return Errno.None;")]
    [InlineData("KhoRange range = {|LUO4007:kho.AllocatePreserved(4096)|}; Nothing(); if (file.Size == 0) throw new ErrnoException(Errno.EIO); state.Size = range.Address.Value; return Errno.None; void Nothing() { } void GiveUp() => kho.UnpreserveFree(range);")]
    [InlineData("KhoRange range = kho.AllocatePreserved(4096); FreeAll(); if (file.Size == 0) throw new ErrnoException(Errno.EIO); state.Size = range.Address.Value; return Errno.None;")]
    [InlineData("KhoRange range = kho.AllocatePreserved(4096); Errno error = Check(file); if (error == Errno.None) { state.Size = range.Address.Value; return error; } kho.UnpreserveFree(range); return Errno.EIO;")]
    [InlineData("KhoRange range = kho.AllocatePreserved(4096); Errno error = Check(file); if (file.Size == 0) { state.Size = range.Address.Value; return error; } kho.UnpreserveFree(range); return error;")]
    [InlineData("KhoRange range = kho.AllocatePreserved(4096); state.Size = range.Address.Value; Caught(); return Errno.None;")]
    [InlineData("KhoRange range = kho.AllocatePreserved(4096); state.Size = range.Address.Value; Later(); return Errno.None;")]
    [InlineData("KhoVmallocArray<ulong> array = KhoVmallocArray<ulong>.AllocatePreserved(kho, 8); Own.Keep(array); if (file.Size == 0) throw new ErrnoException(Errno.EIO); return Errno.None;")]
    [InlineData("KhoRange range = {|LUO4007:kho.AllocatePreserved(4096)|}; Own.Make(out KhoRange other); if (file.Size == 0) throw new ErrnoException(Errno.EIO); state.Size = range.Address.Value + other.Address.Value; return Errno.None;")]
    [InlineData("KhoRange range = {|LUO4007:kho.AllocatePreserved(4096)|}; Look(range); if (file.Size == 0) throw new ErrnoException(Errno.EIO); state.Size = range.Address.Value; return Errno.None;")]
    [InlineData("KhoRange range = {|LUO4007:kho.AllocatePreserved(4096)|}; Own.OnRollback(); if (file.Size == 0) throw new ErrnoException(Errno.EIO); state.Size = range.Address.Value; return Errno.None;")]
    [InlineData("try { file.Flush(); } catch (IOException e) { KhoRange range = {|LUO4007:kho.AllocatePreserved(4096)|}; if (file.Size == 0) throw new ErrnoException(Errno.EIO, e.Message, e); state.Size = range.Address.Value; } return Errno.None;")]
    [InlineData("KhoRange range = {|LUO4007:kho.AllocatePreserved(4096)|}; try { if (file.Size == 0) throw new ErrnoException(Errno.EIO); } catch (ErrnoException) { state.Number = 1; throw; } if (file.Size == 1) { kho.UnpreserveFree(range); return Errno.EIO; } state.Size = range.Address.Value; return Errno.None;")]
    public Task What_a_failure_leaves(string body) => FlowSource.VerifyAsync(FlowSource.With(
        preserve: $"Errno Preserve(Disk file, out DiskState state, IKho kho) {{ state = default; {body} }}",
        other: """
            private static Errno Check(Disk file) => file.Size == 0 ? Errno.EINVAL : Errno.None;
            private static void Restored() { }
            private static void Look(KhoRange range) => Console.WriteLine(range);
            private static void FreeAll() { }
            private static void Caught() { try { throw new InvalidOperationException(); } catch (InvalidOperationException) { } }
            private static void Later() { Func<int> later = () => throw new InvalidOperationException(); _ = later; }
            private sealed class Plain(KhoRange range) { public KhoRange Range => range; }
            private sealed class Empty : IDisposable { public void Dispose() { } }
            """) + OwnTypes);

    [Theory]
    [InlineData("Console.WriteLine(Last().Object); return null;")]
    [InlineData("new Mine.Source().Take(); return null;")]
    [InlineData("using (var other = kernel.GetOutgoingFlb<Disk>(flb)) { var lease = {|LUO4014:kernel.GetIncomingFlb<Disk>(flb)|}; Console.WriteLine(lease.Object); } return null;")]
    [InlineData("var lease = kernel.GetIncomingFlb<Disk>(flb); Show(); lease.Dispose(); return null; void Show() => Console.WriteLine(lease.Object);")]
    [InlineData("var lease = kernel.GetIncomingFlb<Disk>(flb); for (int i = 0; i < 2; i++) { lease.Dispose(); lease = kernel.GetIncomingFlb<Disk>(flb); Console.WriteLine(lease.Object); } lease.Dispose(); return null;")]
    [InlineData("var lease = kernel.GetIncomingFlb<Disk>(flb); { Console.WriteLine(lease.Object); lease.Dispose(); } return null;")]
    [InlineData("using var lease = kernel.GetIncomingFlb<Disk>(flb); return lease.Object is null ? null : new Disk();")]
    [InlineData("using var lease = kernel.GetIncomingFlb<Disk>(flb); return flb is null ? null : {|LUO4014:lease.Object|};")]
    public Task Leases(string body) => FlowSource.VerifyAsync(FlowSource.Code($$"""
        public sealed class Owner(Kernel kernel, ILiveUpdateFlb flb)
        {
            private readonly FlbLease<Disk> _lease = kernel.GetIncomingFlb<Disk>(flb);
            public Disk? Run() { {{body}} }
            public FlbLease<Disk> Last() => _lease;
        }
        """) + "namespace Mine { public sealed class FlbLease<T> { } public sealed class Source { public FlbLease<Disk> Take() => new(); } }\n");

    private const string OwnTypes = """
        public sealed class Own
        {
            public static void Preserve() { }
            public static void AllocatePreserved() { }
            public void FreezeMapping() { }
            public static ulong FindInherited(ulong address) => address;
            public static void RestoreFree(ulong address) => Console.WriteLine(address);
            public static void Restore() { }
            public static bool TryFindInherited() => true;
            public static void OnRollback() { }
            public static void Keep(KhoVmallocArray<ulong> array) { }
            public static void Make(out KhoRange range) => range = default;
        }

        """;
}
