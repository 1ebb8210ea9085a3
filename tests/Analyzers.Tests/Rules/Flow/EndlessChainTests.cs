namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO4008, chains of inherited blocks that nothing ends.</summary>
public sealed class EndlessChainTests
{
    private const string Missing = "throw new ErrnoException(Errno.EINVAL);";

    [Theory]
    [InlineData("{|LUO4008:while|} (!next.IsNull)", "next = Next(range, kho);")]
    [InlineData("{|LUO4008:while|} (!next.IsNull)", "all.Add(range.Address.Value); next = Next(range, kho);")]
    [InlineData("while (!next.IsNull)", "next = Next(range, kho); kho.RestoreFree(range);")]
    [InlineData("while (!next.IsNull)", "next = Next(range, kho); Free(range, kho);")]
    [InlineData("while (!next.IsNull)", "next = Next(range, kho); Elsewhere.Check(next);")]
    [InlineData("while (!next.IsNull)", "next = Next(range, kho); marks[0] = true;")]
    public Task Chain(string loop, string turn) => FlowSource.VerifyAsync(FlowSource.With(
        retrieve: $$"""
            Disk Retrieve(in DiskState state, IKho kho)
                {
                    int count = 0;
                    var all = new List<ulong>();
                    var seen = new HashSet<ulong>();
                    var marks = new bool[1];
                    PhysicalAddress next = new(state.Size);
                    {{loop}}
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
            """) + "public static class Elsewhere { public static void Check(PhysicalAddress place) { } }");
}
