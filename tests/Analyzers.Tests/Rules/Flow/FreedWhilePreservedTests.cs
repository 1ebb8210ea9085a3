namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO4001 and LUO4007, pages that are freed while they are preserved, and what LINQ takes one by one.</summary>
public sealed class FreedWhilePreservedTests
{
    private const string Found = "kho.FindPreserved(new PhysicalAddress(state.Size))";

    [Theory]
    [InlineData("{|LUO4001:kho.Pages.Free(" + Found + ".Folio)|};")]
    [InlineData("KhoRange range = " + Found + "; {|LUO4001:kho.Pages.Free(range.Folio)|};")]
    [InlineData("Folio page = " + Found + ".Folio; {|LUO4001:kho.Pages.Free(page)|};")]
    [InlineData("KhoRange range = " + Found + "; kho.Unpreserve(range); kho.Pages.Free(range.Folio);")]
    [InlineData("KhoRange range = " + Found + "; Elsewhere.GiveUp(range); kho.Pages.Free(range.Folio);")]
    [InlineData("KhoRange range = " + Found + "; Elsewhere.GiveUpAll(kho); kho.Pages.Free(range.Folio);")]
    [InlineData("KhoRange range = " + Found + "; new List<KhoRange> { range }.ForEach(kho.Unpreserve); kho.Pages.Free(range.Folio);")]
    [InlineData("KhoRange range = " + Found + "; _giveUp(); kho.Pages.Free(range.Folio);")]
    [InlineData("_ = " + Found + "; foreach (Folio page in file.Folios) kho.Pages.Free(page);")]
    [InlineData("_ = " + Found + "; Own.Free(" + Found + ".Folio);")]
    public Task Unpreserve(string body) => VerifyAsync(unpreserve: $"void Unpreserve(Disk file, in DiskState state, IKho kho) {{ {body} }}");

    [Theory]
    [InlineData("KhoRange range = kho.Preserve(page); " + Failure, "{|LUO4007:kho.Pages.Free(page)|}; throw;")]
    [InlineData("state.Size = kho.Preserve(page).Address.Value; state.Position = kho.AllocatePreserved(8).Address.Value;", "{|LUO4007:kho.Pages.Free(page)|}; throw;")]
    [InlineData("KhoRange range = kho.Preserve(page); state.Size = range.Address.Value;", "kho.Pages.Free(page); throw;")]
    [InlineData(Failure + "KhoRange range = kho.Preserve(page);", "kho.Pages.Free(page); throw;")]
    [InlineData("KhoRange range = kho.Preserve(page); " + Failure, "kho.Unpreserve(kho.FindPreserved(page.Address)); kho.Pages.Free(page); throw;")]
    [InlineData("KhoRange range = kho.Preserve(page); " + Failure, "if (file.Count > 3) kho.Pages.Free(page); throw;")]
    [InlineData("using var scope = new PreservationScope(kho); scope.Preserve(page); " + Failure + "scope.Commit();", "kho.Pages.Free(page); throw;")]
    [InlineData("KhoRange range = kho.Preserve(page); if (file.Size == 0) { kho.Unpreserve(range); throw new ErrnoException(Errno.EINVAL); }", "kho.Pages.Free(page); throw;")]
    [InlineData("KhoRange range = kho.Preserve(page); try { " + Failure + "} catch { kho.Unpreserve(range); throw; }", "kho.Pages.Free(page); throw;")]
    public Task Preserve(string attempt, string handler) => VerifyAsync(
        preserve: $"void Preserve(Disk file, out DiskState state, IKho kho) {{ state = default; Folio page = kho.Pages.Allocate(); try {{ {attempt} }} catch {{ {handler.Replace("file.Count", "file.Folios.Count", StringComparison.Ordinal)} }} }}");

    [Theory]
    [InlineData("KhoRange[] all = file.Folios.Select({|LUO4007:kho.Preserve|}).ToArray();")]
    [InlineData("var all = file.Folios.Select({|LUO4007:each => kho.Preserve(each).Address|}).ToArray();")]
    [InlineData("var all = file.Folios.ConvertAll({|LUO4007:each => kho.Preserve(each)|});")]
    [InlineData("file.Folios.ForEach({|LUO4007:each => kho.Preserve(each)|});")]
    [InlineData("var all = Array.ConvertAll(file.Folios.ToArray(), {|LUO4007:each => kho.AllocatePreserved(8)|});")]
    [InlineData("using var scope = new PreservationScope(kho); var all = file.Folios.Select(scope.Preserve).ToArray(); scope.Commit();")]
    [InlineData("try { file.Folios.ForEach(each => kho.Preserve(each)); } catch { Elsewhere.GiveUpAll(kho); throw; }")]
    [InlineData("var all = file.Folios.Select(each => kho.Pages.Allocate()).ToArray(); kho.Preserve(all[0]);")]
    [InlineData("var all = new Lazy<KhoRange>(() => kho.AllocatePreserved(8)); _ = all.Value;")]
    [InlineData("Elsewhere.Run(each => kho.Preserve(each));")]
    public Task Each_of_many(string body) => VerifyAsync(
        preserve: $"void Preserve(Disk file, out DiskState state, IKho kho) {{ state = default; {body} }}",
        unpreserve: "void Unpreserve(Disk file, IKho kho) => file.Folios.ForEach(each => kho.Unpreserve(kho.FindPreserved(each.Address)));");

    private const string Failure = "if (file.Size == 0) throw new ErrnoException(Errno.EINVAL); ";

    private static Task VerifyAsync(string preserve = FlowSource.Preserve, string unpreserve = FlowSource.Unpreserve) =>
        FlowSource.VerifyAsync("using System.Linq;\n" + FlowSource.With(
            preserve: preserve,
            unpreserve: unpreserve,
            other: "private readonly Action _giveUp; public DiskHandler(Action giveUp) => _giveUp = giveUp;") + """
            public static class Own { public static void Free(Folio page) { } }
            public static class Elsewhere { public static void GiveUp(KhoRange range) { } public static void GiveUpAll(IKho kho) { } public static void Run(Action<Folio> action) { } }
            """);
}
