namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO4007 in Retrieve in detail: folios that are taken into use, memory that is only looked for, and who gives up what.</summary>
public sealed class RestoredMemoryTests
{
    private const string Address = "new PhysicalAddress(state.Size)";
    private const string Restore = "Folio page = {|LUO4007:kho.Restore(kho.FindInherited(" + Address + "))|}; ";
    private const string Restored = "Folio page = kho.Restore(kho.FindInherited(" + Address + ")); ";
    private const string Fail = "if (state.Position != 0) throw new ErrnoException(Errno.EINVAL); ";

    [Theory]
    [InlineData(Restore + Fail + "return new Holder(kho.Pages, page);")]
    [InlineData(Restore + "_ = IsBad(page); " + Fail + "return new Holder(kho.Pages, page);")]
    [InlineData(Restore + "Folio other = default; Show(other); " + Fail + "return new Holder(kho.Pages, page);")]
    [InlineData(Restore + "try { " + Fail + " } finally { state2 = 1; } return new Holder(kho.Pages, page);")]
    [InlineData(Restored + "return new Holder(kho.Pages, page);")]
    [InlineData("if (state.Size == 0) throw new ErrnoException(Errno.EINVAL); " + Restored + "return new Holder(kho.Pages, page);")]
    [InlineData(Restored + "var file = new Holder(kho.Pages, page); " + Fail + "return file;")]
    [InlineData(Restored + "Show(page); " + Fail + "return new Holder(kho.Pages, page);")]
    [InlineData(Restored + "_kept = page; " + Fail + "return new Holder(kho.Pages, page);")]
    [InlineData(Restored + "try { " + Fail + "} catch { kho.Pages.Free(page); throw; } return new Holder(kho.Pages, page);")]
    [InlineData(Restored + "if (state.Position != 0) { kho.Pages.Free(page); throw new ErrnoException(Errno.EINVAL); } return new Holder(kho.Pages, page);")]
    [InlineData("Show(kho.Restore(kho.FindInherited(" + Address + "))); " + Fail + "return new Holder(kho.Pages, default);")]
    [InlineData(Restore + "_ = kho.Pages.GetSpan(page)[0]; " + Fail + "return new Holder(kho.Pages, page);")]
    [InlineData(Restored + "_ = Own.GetSpan(page); " + Fail + "return new Holder(kho.Pages, page);")]
    [InlineData(Restored + "_ = Own.IsBad(page); " + Fail + "return new Holder(kho.Pages, page);")]
    public Task Folios_in_use(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("if (!{|LUO4007:kho.TryFindInherited(" + Address + ", out KhoRange range)|}) throw new ErrnoException(Errno.EIO); " + Fail + "kho.RestoreFree(range); return new Holder(kho.Pages, default);")]
    [InlineData("KhoRange range; if (!{|LUO4007:kho.TryFindInherited(" + Address + ", out range)|}) throw new ErrnoException(Errno.EIO); " + Fail + "kho.RestoreFree(range); return new Holder(kho.Pages, default);")]
    [InlineData("if (!kho.TryFindInherited(" + Address + ", out KhoRange range)) throw new ErrnoException(Errno.EIO); kho.RestoreFree(range); " + Fail + "return new Holder(kho.Pages, default);")]
    [InlineData("if (!kho.TryFindInherited(" + Address + ", out _)) throw new ErrnoException(Errno.EIO); " + Fail + "return new Holder(kho.Pages, default);")]
    [InlineData("if (kho.TryFindInherited(" + Address + ", out KhoRange range)) kho.RestoreFree(range); " + Fail + "return new Holder(kho.Pages, default);")]
    [InlineData("bool isThere = kho.TryFindInherited(" + Address + ", out KhoRange range); if (!isThere) throw new ErrnoException(Errno.EIO); kho.RestoreFree(range); return new Holder(kho.Pages, default);")]
    [InlineData("KhoRange first = {|LUO4007:kho.FindInherited(" + Address + ")|}; KhoRange second = kho.FindInherited(new PhysicalAddress(state.Position)); kho.RestoreFree(second); " + Fail + "kho.RestoreFree(first); return new Holder(kho.Pages, default);")]
    [InlineData("KhoRange first = kho.FindInherited(" + Address + "); KhoRange second = first; kho.RestoreFree(second); " + Fail + "return new Holder(kho.Pages, default);")]
    [InlineData("KhoRange first = kho.FindInherited(" + Address + "); kho.RestoreFree(first); " + Fail + "return new Holder(kho.Pages, default);")]
    [InlineData("if ({|LUO4007:kho.TryFindInherited(" + Address + ", out KhoRange range)|}) { " + Fail + "kho.RestoreFree(range); } return new Holder(kho.Pages, default);")]
    [InlineData("KhoRange first = kho.FindInherited(" + Address + "); KhoRange same = Own.Find(kho); kho.RestoreFree(same); " + Fail + "return new Holder(kho.Pages, default);")]
    [InlineData("KhoRange first = {|LUO4007:kho.FindInherited(" + Address + ")|}; KhoRange second = kho.FindInherited(new PhysicalAddress(state.Position)); Console.WriteLine(kho.Restore(second).Order); " + Fail + "kho.RestoreFree(first); return new Holder(kho.Pages, default);")]
    [InlineData("KhoRange first = kho.FindInherited(" + Address + "); KhoRange second = kho.FindInherited(new PhysicalAddress(state.Position)); Own.RestoreFree(second); " + Fail + "kho.RestoreFree(first); return new Holder(kho.Pages, default);")]
    public Task Memory_that_is_looked_for(string body) => VerifyAsync(body);

    private static Task VerifyAsync(string body) => FlowSource.VerifyAsync(FlowSource.Code($$"""
        public sealed class Holder(PageAllocator pages, Folio page) : LuoFile
        {
            public Folio Page => page;
            protected override void Release() => pages.Free(page);
        }
        public static class Own
        {
            public static bool GetSpan(Folio page) => page.Order == 0;
            public static bool IsBad(Folio page) => page.Order > 3;
            public static KhoRange Find(IKho kho) => kho.FindInherited(default);
            public static void RestoreFree(KhoRange range) { }
        }
        [LiveUpdateFileHandler("holder-v1")]
        public sealed partial class HolderHandler
        {
            private Folio _kept;
            private int state2;
            bool CanPreserve(Holder file) => file.Page != _kept && state2 == 0;
            void Preserve(Holder file, out DiskState state, IKho kho) => state = new DiskState { Size = kho.Preserve(file.Page).Address.Value };
            void Unpreserve(Holder file, in DiskState state, IKho kho) => kho.Unpreserve(kho.FindPreserved(new PhysicalAddress(state.Size)));
            Holder Retrieve(in DiskState state, IKho kho) { {{body}} }
            void Finish(Holder? file, in DiskState state, RetrieveStatus status, IKho kho) { if (status.IsNotTried) kho.RestoreFree(kho.FindInherited(new PhysicalAddress(state.Size))); }
            private static bool IsBad(Folio page) => page.Order > 3;
            private static void Show(Folio page) => Console.WriteLine(page);
        }
        """));
}
