namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO4001, one of several fields of the state whose memory is never given back.</summary>
public sealed class ForgottenFieldTests
{
    private const string Taking = "using var scope = new PreservationScope(kho); KhoRange first = scope.AllocatePreserved(8); KhoRange second = scope.AllocatePreserved(8); scope.Commit();";
    private const string Both = "state = new DiskState { Size = first.Address.Value, Position = second.Address.Value };";
    private const string First = "kho.UnpreserveFree(kho.FindPreserved(new PhysicalAddress(state.Size)));";
    private const string Second = "kho.UnpreserveFree(kho.FindPreserved(new PhysicalAddress(state.Position)));";
    private const string FirstInherited = "kho.RestoreFree(kho.FindInherited(new PhysicalAddress(state.Size)));";
    private const string SecondInherited = "kho.RestoreFree(kho.FindInherited(new PhysicalAddress(state.Position)));";

    [Theory]
    [InlineData(First + Second, false)]
    [InlineData(First, true)]
    [InlineData(Second, true)]
    [InlineData("Free(state.Size, kho); " + Second, false)]
    [InlineData("Free(state.Size, kho);", true)]
    [InlineData("Free(state.Size, kho); Free(_second.Value, kho);", false)]
    [InlineData(First + "Elsewhere.Free(state, kho);", false)]
    [InlineData(First + "_ = new Freeing(kho);", false)]
    [InlineData(First + "_free(kho);", false)]
    [InlineData(First + "FreeAll(state, kho);", false)]
    [InlineData(First + "Note(state);", true)]
    [InlineData(First + "DiskState copy = state; Elsewhere.Free(copy, kho);", false)]
    [InlineData(First + "kho.UnpreserveFree(kho.FindPreserved(_second));", false)]
    [InlineData("foreach (ulong each in new[] { state.Size, state.Position }) kho.UnpreserveFree(kho.FindPreserved(new PhysicalAddress(each)));", false)]
    public Task Unpreserve(string body, bool isForgotten) => VerifyAsync(
        unpreserve: $"void {(isForgotten ? "{|LUO4001:Unpreserve|}" : "Unpreserve")}(in DiskState state, IKho kho) {{ {body} }}");

    [Theory]
    [InlineData(FirstInherited + SecondInherited, false)]
    [InlineData(FirstInherited, true)]
    [InlineData(SecondInherited, true)]
    [InlineData("Drop(state, kho);", false)]
    [InlineData("if (kho.TryFindInherited(new PhysicalAddress(state.Size), out KhoRange only)) kho.RestoreFree(only);", true)]
    public Task Finish(string body, bool isForgotten) => VerifyAsync(
        finish: $"void {(isForgotten ? "{|LUO4001:Finish|}" : "Finish")}(in DiskState state, RetrieveStatus status, IKho kho) {{ if (status.IsNotTried) {{ {body} }} }}");

    // What is taken once, by two names; what is no memory at all; and what Freeze has given up already.
    [Theory]
    [InlineData("state = new DiskState { Size = first.Address.Value, Position = first.Address.Value }; kho.GetSpan(second)[0] = 1;", "", false)]
    [InlineData("state = new DiskState { Size = first.Address.Value, Position = file.Position }; kho.GetSpan(second)[0] = 1;", "", false)]
    [InlineData("state = default; state.Size = first.Address.Value; state.Position = second.Address.Value;", "", true)]
    [InlineData(Both, "void Freeze(Disk file, ref DiskState state, IKho kho) { kho.UnpreserveFree(kho.FindPreserved(new PhysicalAddress(state.Position))); state.Position = file.Position; }", false)]
    public Task What_Preserve_takes(string assignment, string freeze, bool isForgotten) => VerifyAsync(
        preserve: $"void Preserve(Disk file, out DiskState state, IKho kho) {{ {Taking} {assignment} }}",
        unpreserve: $"void {(isForgotten ? "{|LUO4001:Unpreserve|}" : "Unpreserve")}(in DiskState state, IKho kho) {{ {First} }}",
        other: freeze);

    // LUO finishes an FLB after it was retrieved: what is given up there is not missing.
    [Theory]
    [InlineData("new(KhoVmallocArray<ulong>.FindInherited(kho, state.X, 8).ToArray());", "Free(state.X, kho);", true)]
    [InlineData("new(KhoVmallocArray<ulong>.FindInherited(kho, state.X, 8).ToArray());", "{ Free(state.X, kho); Free(state.Y, kho); }", false)]
    [InlineData("new(TakeAll(state.Y, kho));", "Free(state.X, kho);", false)]
    [InlineData("new(Elsewhere.TakeAll(state.Y, kho));", "Free(state.X, kho);", false)]
    [InlineData("new(KhoVmallocArray<ulong>.FindInherited(kho, state.Y, 8).ToArray());", "Free(state.X, kho);", true)]
    public Task Flbs(string retrieve, string finish, bool isForgotten) => FlowSource.VerifyAsync(FlowSource.Code($$"""
        public sealed class Table(ulong[] rows) { public ulong[] Rows => rows; }
        public static class Elsewhere { public static ulong[] TakeAll(KhoVmalloc<ulong> rows, IKho kho) => []; }
        [PreservedState] public struct TableState { public KhoVmalloc<ulong> X, Y; }
        [LiveUpdateFlb("table-v1")]
        public sealed partial class TableFlb
        {
            Table Preserve(out TableState state, IKho kho)
            {
                using var scope = new PreservationScope(kho);
                var x = KhoVmallocArray<ulong>.AllocatePreserved(kho, 8);
                scope.OnRollback(x.UnpreserveFree);
                var y = KhoVmallocArray<ulong>.AllocatePreserved(kho, 8);
                scope.Commit();
                state = new TableState { X = x.Descriptor, Y = y.Descriptor };
                return new Table(x.ToArray());
            }
            void Unpreserve(in TableState state, IKho kho)
            {
                KhoVmallocArray<ulong>.FindPreserved(kho, state.X, 8).UnpreserveFree();
                KhoVmallocArray<ulong>.FindPreserved(kho, state.Y, 8).UnpreserveFree();
            }
            Table Retrieve(in TableState state, IKho kho) => {{retrieve}}
            void {{(isForgotten ? "{|LUO4001:Finish|}" : "Finish")}}(in TableState state, IKho kho) {{(finish.StartsWith('{') ? finish : $"=> {finish}")}}
            private static void Free(KhoVmalloc<ulong> rows, IKho kho) => KhoVmallocArray<ulong>.FindInherited(kho, rows, 8).RestoreFree();
            private static ulong[] TakeAll(KhoVmalloc<ulong> rows, IKho kho)
            {
                var array = KhoVmallocArray<ulong>.FindInherited(kho, rows, 8);
                ulong[] all = array.ToArray();
                array.RestoreFree();
                return all;
            }
        }
        """));

    private static Task VerifyAsync(
        string preserve = $"void Preserve(Disk file, out DiskState state, IKho kho) {{ {Taking} {Both} }}",
        string unpreserve = $"void Unpreserve(in DiskState state, IKho kho) {{ {First} {Second} }}",
        string finish = $"void Finish(in DiskState state, RetrieveStatus status, IKho kho) {{ if (status.IsNotTried) {{ {FirstInherited} {SecondInherited} }} }}",
        string other = "") => FlowSource.VerifyAsync(FlowSource.With(
        preserve: preserve,
        unpreserve: unpreserve,
        retrieve: $"Disk Retrieve(in DiskState state, IKho kho) {{ {FirstInherited} {SecondInherited} return new Disk(); }}",
        finish: finish,
        other: other + """
            private readonly PhysicalAddress _second;
            private readonly Action<IKho> _free;
            public DiskHandler(PhysicalAddress second) => (_second, _free) = (second, _ => { });
            private static void Free(ulong address, IKho kho) => kho.UnpreserveFree(kho.FindPreserved(new PhysicalAddress(address)));
            private static void FreeAll(in DiskState state, IKho kho) => Free(state.Position, kho);
            private static void Note(in DiskState state) => Console.WriteLine(state.Count);
            private static void Drop(in DiskState state, IKho kho)
            {
                foreach (ulong each in new[] { state.Size, state.Position })
                    kho.RestoreFree(kho.FindInherited(new PhysicalAddress(each)));
            }
            private sealed class Freeing { public Freeing(IKho kho) => _ = kho.Pages; }
            """) + "public static class Elsewhere { public static void Free(DiskState state, IKho kho) { } }");
}
