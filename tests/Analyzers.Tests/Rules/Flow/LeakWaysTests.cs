namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO4007 and ways through Retrieve that are not straight.</summary>
public sealed class LeakWaysTests
{
    private const string Failure = "throw new ErrnoException(Errno.EINVAL);";

    // Each block is freed after it was looked at, whatever was found there.
    [Theory]
    [InlineData("if (!kho.TryFindInherited(at, out KhoRange block)) { sound = false; break; } at = new PhysicalAddress(0); kho.RestoreFree(block);")]
    [InlineData("if (!kho.TryFindInherited(at, out KhoRange block)) { sound = false; break; } if (block.ByteCount > 4096) sound = false; foreach (byte each in kho.GetSpan(block)) sound &= each == 0; kho.RestoreFree(block);")]
    [InlineData("if (!{|LUO4007:kho.TryFindInherited(at, out KhoRange block)|}) { sound = false; break; } at = new PhysicalAddress(0); if (block.ByteCount > 4096) throw new ErrnoException(Errno.EINVAL); kho.RestoreFree(block);")]
    public Task Chain(string turn) => VerifyAsync($"bool sound = true; for (var at = new PhysicalAddress(state.Size); !at.IsNull;) {{ {turn} }} if (!sound) {Failure} return new Disk();");

    // What was found is noted, and asked where it is given up.
    [Theory]
    [InlineData("if ((have & 1) != 0) kho.RestoreFree(page);", false)]
    [InlineData("if (have == 1) { kho.RestoreFree(page); }", false)]
    [InlineData("if (have == 2) { kho.RestoreFree(page); throw new ErrnoException(Errno.EIO); }", true)]
    [InlineData("_ = have;", true)]
    public Task Noted(string release, bool isLost) => VerifyAsync(
        $"int have = 0; if ({Mark("kho.TryFindInherited(new PhysicalAddress(state.Size), out KhoRange page)", isLost)}) have |= 1; if (state.Count > 7) goto bad; if (have != 0) kho.RestoreFree(page); return new Disk(); bad: {release} {Failure}");

    // It fails for want of what was not found, or of something else.
    [Theory]
    [InlineData("best", false)]
    [InlineData("Spare", true)]
    public Task For_want_of_it(string wanted, bool isLost) => FlowSource.VerifyAsync(FlowSource.With(
        retrieve: $$"""
            Disk Retrieve(in DiskState state, IKho kho)
            {
                Folio? best = null;
                foreach (ulong each in new[] { state.Size, state.Position })
                {
                    if (!kho.TryFindInherited(new PhysicalAddress(each), out KhoRange range))
                        continue;
                    if (best is null)
                        best = {{Mark("kho.Restore(range)", isLost)}};
                    else
                        kho.RestoreFree(range);
                }
                var disk = new Disk();
                disk.Folios.Add({{wanted}} ?? throw new ErrnoException(Errno.EINVAL));
                return disk;
            }
            """,
        other: "private static Folio? Spare => null;"));

    [Theory]
    [InlineData("page == other", false)]
    [InlineData("other != page", false)]
    [InlineData("other.Address != page.Address", true)]
    [InlineData("other.ByteCount == 1", true)]
    [InlineData("page == default", true)]
    [InlineData("default != page", true)]
    public Task Two_names_of_one_thing(string condition, bool isLost) => VerifyAsync(
        $"if (!kho.TryFindInherited(new PhysicalAddress(state.Size), out KhoRange other)) {Failure} if ({Mark("kho.TryFindInherited(new PhysicalAddress(state.Position), out KhoRange page)", isLost)}) {{ if ({condition}) {{ kho.RestoreFree(other); {Failure} }} kho.RestoreFree(page); }} kho.RestoreFree(other); return new Disk();");

    // A finally has run when what comes after it fails.
    [Theory]
    [InlineData("try { state.Count.ToString(); } finally { kho.RestoreFree(page); }", false)]
    [InlineData("try { state.Count.ToString(); } finally { file.Flush(); }", true)]
    [InlineData("foreach (var each in file.Folios) each.ToString();", true)]
    public Task Finally(string statement, bool isLost) => VerifyAsync(
        $"var file = new Disk(); var page = {Mark("kho.FindInherited(new PhysicalAddress(state.Size))", isLost)}; {statement} if (state.Count > 7) {Failure} kho.RestoreFree(page); return file;");

    private static string Mark(string code, bool isMarked) => isMarked ? $"{{|LUO4007:{code}|}}" : code;

    private static Task VerifyAsync(string body) => FlowSource.VerifyAsync(FlowSource.With(retrieve: $"Disk Retrieve(in DiskState state, IKho kho) {{ {body} }}"));
}
