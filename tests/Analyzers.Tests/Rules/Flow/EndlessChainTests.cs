namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO4008, chains of inherited blocks, and memory that is not always there.</summary>
public sealed class EndlessChainTests
{
    private const string Missing = "throw new ErrnoException(Errno.EINVAL);";

    [Theory]
    [InlineData("while ({|LUO4008:!next.IsNull|})", "next = Next(range, kho);")]
    [InlineData("for (; {|LUO4008:!next.IsNull|};)", "next = Next(range, kho);")]
    [InlineData("while ({|LUO4008:!next.IsNull|})", "all.Add(range.Address.Value); next = Next(range, kho);")]
    [InlineData("while ({|LUO4008:!next.IsNull|})", "next = new PhysicalAddress(kho.GetSpan(range)[0]);")]
    [InlineData("while ({|LUO4008:!next.IsNull|})", "next = Next(range, kho); if (all.Contains(0)) { Drop(next, kho); throw new ErrnoException(Errno.EINVAL); }", false)]
    [InlineData("while (!next.IsNull)", "next = Next(range, kho); kho.RestoreFree(range);")]
    [InlineData("while (!next.IsNull)", "next = Next(range, kho); Free(range, kho);")]
    [InlineData("while (!next.IsNull)", "next = Next(range, kho); if (all.Count > 100) throw new ErrnoException(Errno.EINVAL); all.Add(1);")]
    [InlineData("while (!next.IsNull)", "next = Next(range, kho); if (count++ > 100) throw new ErrnoException(Errno.EINVAL);")]
    [InlineData("while (!next.IsNull)", "next = Next(range, kho); if (!seen.Add(next.Value)) throw new ErrnoException(Errno.EINVAL);")]
    [InlineData("while (!next.IsNull)", "next = Next(range, kho); Elsewhere.Check(next);")]
    [InlineData("while (!next.IsNull)", "next = next.Add(4096);")]
    [InlineData("while (!next.IsNull && count < 100)", "next = Next(range, kho);")]
    [InlineData("while (!next.IsNull)", "next = Next(range, kho); marks[0] = true;")]
    [InlineData("while (!next.IsNull)", "next = Next(range, kho); _ = new Elsewhere.Checked(next);")]
    [InlineData("while (!next.IsNull)", "next = PhysicalAddress.Null;")]
    public Task Chain(string loop, string turn, bool isEndless = true) => FlowSource.VerifyAsync(FlowSource.With(
        retrieve: $$"""
            Disk Retrieve(in DiskState state, IKho kho)
                {
                    int count = 0;
                    var all = new List<ulong>();
                    var seen = new HashSet<ulong>();
                    var marks = new bool[1];
                    PhysicalAddress next = new(state.Size);
                    {{(isEndless ? loop : "while (!next.IsNull)")}}
                    {
                        if (!kho.TryFindInherited(next, out KhoRange range))
                        {
                            Drop(new PhysicalAddress(state.Size), kho);
                            {{Missing}}
                        }
                        {{turn}}
                    }
                    Drop(new PhysicalAddress(state.Size), kho);
                    return new Disk { Size = (ulong)(count + all.Count + seen.Count + marks.Length) };
                }
            """,
        other: """
            private static PhysicalAddress Next(KhoRange range, IKho kho) => new(kho.GetSpan(range)[0]);
            private static void Free(KhoRange range, IKho kho) => kho.RestoreFree(range);
            private static void Drop(PhysicalAddress first, IKho kho)
            {
                PhysicalAddress next = first;
                while (kho.TryFindInherited(next, out KhoRange range))
                {
                    next = Next(range, kho);
                    kho.RestoreFree(range);
                }
            }
            """) + "public static class Elsewhere { public static void Check(PhysicalAddress place) { } public sealed class Checked { public Checked(PhysicalAddress place) => _ = place; } }");

    [Theory]
    [InlineData("while ({|LUO4008:kho.TryFindInherited(next, out KhoRange range)|}) next = new PhysicalAddress(kho.GetSpan(range)[0]);")]
    [InlineData("while (kho.TryFindInherited(next, out KhoRange range)) { next = new PhysicalAddress(kho.GetSpan(range)[0]); kho.RestoreFree(range); }")]
    [InlineData("while (kho.TryFindInherited(other, out KhoRange range)) next = new PhysicalAddress(kho.GetSpan(range)[0]);")]
    public Task Chain_in_Finish(string loop) => FlowSource.VerifyAsync(FlowSource.With(
        finish: $"void Finish(in DiskState state, RetrieveStatus status, IKho kho) {{ if (!status.IsNotTried) return; PhysicalAddress next = new(state.Size), other = next; {loop} kho.RestoreFree(kho.FindInherited(other)); }}"));

    private const string Asked = "if (state.Count != 0) ";
    private const string Free = "kho.RestoreFree(kho.FindInherited(new PhysicalAddress(state.Size)));";
    private const string Unasked = "kho.RestoreFree({|LUO4008:kho.FindInherited(new PhysicalAddress(state.Size))|});";

    // Preserve takes memory only of some files; one callback asks whether it did, the other doesn't.
    [Theory]
    [InlineData(Asked, Free, Asked + Free)]
    [InlineData(Asked, Free, "if (state.Size == 0) return; " + Free)]
    [InlineData(Asked, Free, "switch (state.Size) { case 0: return; } " + Free)]
    [InlineData(Asked, Free, Unasked)]
    [InlineData(Asked, Free, "Drop(state, kho);", true)]
    [InlineData("", Unasked, Asked + Free)]
    [InlineData(Asked, Free, "if (file is null) " + Unasked)]
    [InlineData(Asked, Free, "if (state.Count != 0) Drop(state, kho);")]
    [InlineData("", Free, Free)]
    public Task Memory_that_is_not_always_there(string unpreserve, string retrieve, string finish, bool isInDrop = false) => VerifySometimesAsync(
        "if (file.Size != 0) { state.Size = kho.AllocatePreserved(8).Address.Value; state.Count = 1; }", unpreserve, retrieve, finish, isInDrop);

    [Theory]
    [InlineData("state.Size = kho.AllocatePreserved(8).Address.Value; state.Count = 1;")]
    [InlineData("if (file.Size != 0) state.Size = kho.AllocatePreserved(8).Address.Value; else throw new ErrnoException(Errno.EINVAL); state.Count = 1;")]
    [InlineData("if (file.Size != 0) state.Size = kho.AllocatePreserved(8).Address.Value; else state.Size = kho.AllocatePreserved(16).Address.Value; state.Count = 1;")]
    [InlineData("state = new DiskState { Size = kho.AllocatePreserved(8).Address.Value }; state.Count = 1;")]
    public Task Memory_that_is_always_there(string preserve) => VerifySometimesAsync(preserve, Asked, Asked + Free, Free, false);

    private static Task VerifySometimesAsync(string preserve, string unpreserve, string retrieve, string finish, bool isInDrop) => FlowSource.VerifyAsync(FlowSource.With(
        preserve: $"void Preserve(Disk file, out DiskState state, IKho kho) {{ state = default; {preserve} }}",
        unpreserve: $"void Unpreserve(in DiskState state, IKho kho) {{ {unpreserve}kho.UnpreserveFree(kho.FindPreserved(new PhysicalAddress(state.Size))); }}",
        retrieve: $"Disk Retrieve(in DiskState state, IKho kho) {{ {(retrieve == Free ? Asked + Free : retrieve)} return new Disk(); }}",
        finish: $"void Finish(Disk? file, in DiskState state, RetrieveStatus status, IKho kho) {{ if (!status.IsNotTried) return; {finish} }}",
        other: $"private static void Drop(in DiskState state, IKho kho) => {(isInDrop ? Unasked : Free)}"));
}
