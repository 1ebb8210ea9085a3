namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO4007, folios that Retrieve takes into use and that no file has, or whose file nobody puts, when it fails.</summary>
public sealed class LostFileTests
{
    private const string Restored = "kho.Restore(kho.FindInherited(new PhysicalAddress(state.Size)))";
    private const string Fail = "if (state.Position != 0) throw new ErrnoException(Errno.EINVAL); ";
    private const string Rest = "for (; i < places.Length; i++) if (kho.TryFindInherited(places[i], out KhoRange left)) kho.RestoreFree(left); ";

    [Theory]
    [InlineData("var file = {|LUO4007:new Holder(kho.Pages, " + Restored + ")|}; " + Fail + "return file;")]
    [InlineData("Folio page = " + Restored + "; var file = {|LUO4007:new Holder(kho.Pages, page)|}; " + Fail + "return file;")]
    [InlineData("Folio page = " + Restored + "; Holder file; file = new Holder(kho.Pages, page); " + Fail + "return file;")]
    [InlineData("var file = {|LUO4007:new Holder(kho.Pages, " + Restored + ")|}; file.Load(state.Count); " + Fail + "return file;")]
    [InlineData("var file = new Holder(kho.Pages, " + Restored + "); if (state.Position != 0) { file.Put(); throw new ErrnoException(Errno.EINVAL); } return file;")]
    [InlineData("var file = new Holder(kho.Pages, " + Restored + "); if (state.Position != 0) { file.Close(); throw new ErrnoException(Errno.EINVAL); } return file;")]
    [InlineData("var file = new Holder(kho.Pages, " + Restored + "); _kept = file; " + Fail + "return file;")]
    [InlineData("var file = new Holder(kho.Pages, " + Restored + "); Elsewhere.Keep(file); " + Fail + "return file;")]
    [InlineData("var file = new Holder(kho.Pages, " + Restored + "); try { " + Fail + "} catch { file.Put(); throw; } return file;")]
    [InlineData("var file = new Holder(kho.Pages, default); " + Fail + "kho.RestoreFree(kho.FindInherited(new PhysicalAddress(state.Size))); return file;", true)]
    [InlineData("var other = new Other(" + Restored + "); " + Fail + "return new Holder(kho.Pages, other.Page);")]
    [InlineData("return new Holder(kho.Pages, " + Restored + ");")]
    public Task File_of_a_folio(string body, bool isBefore = false) =>
        VerifyAsync(isBefore ? body.Replace("throw new ErrnoException(Errno.EINVAL);", "{|LUO4007:throw new ErrnoException(Errno.EINVAL);|}", StringComparison.Ordinal) : body);

    [Theory]
    [InlineData(Rest + "{|LUO4007:throw;|}")]
    [InlineData("{|LUO4007:throw new ErrnoException(Errno.EIO);|}")]
    [InlineData(Rest + "file.Put(); throw;")]
    [InlineData(Rest + "Elsewhere.Drop(); throw;")]
    [InlineData("Console.WriteLine(file); throw;")]
    [InlineData("return file;")]
    public Task Loop_that_fills_a_file(string handler) => VerifyAsync(
        $"PhysicalAddress[] places = [new PhysicalAddress(state.Size)]; int i = 0; var file = new Holder(kho.Pages, default); try {{ for (; i < places.Length; i++) file.Insert(kho.Restore(kho.FindInherited(places[i]))); }} catch {{ {handler} }} return file;");

    [Theory]
    [InlineData("try { file.Insert(kho.Restore(kho.FindInherited(new PhysicalAddress(state.Size)))); } catch { throw; }")]
    [InlineData("try { for (int i = 0; i < 3; i++) file.Insert(default); kho.RestoreFree(kho.FindInherited(new PhysicalAddress(state.Size))); } catch { throw; }")]
    [InlineData("try { for (int i = 0; i < 3; i++) Elsewhere.Insert(kho.Restore(kho.FindInherited(new PhysicalAddress(state.Size)))); } catch { throw; }")]
    [InlineData("try { for (int i = 0; i < 3; i++) file.Insert(kho.Restore(kho.FindInherited(new PhysicalAddress(state.Size)))); } catch { throw; } finally { file.Put(); }")]
    [InlineData("try { try { for (int i = 0; i < 3; i++) file.Insert(kho.Restore(kho.FindInherited(new PhysicalAddress(state.Size)))); } catch { throw; } } catch { file.Put(); throw; }")]
    public Task No_loop_that_fills_a_file(string attempt) => VerifyAsync($"var file = new Holder(kho.Pages, default); {attempt} return file;");

    // The next one may not be there.
    [Theory]
    [InlineData("var list = new List<Folio>(); foreach (ulong each in _places) list.Add({|LUO4007:kho.Restore(kho.FindInherited(new PhysicalAddress(each)))|}); return new Holder(kho.Pages, list[0]);")]
    [InlineData("var pair = new Pair(" + Restored + ", {|LUO4007:kho.Restore(kho.FindInherited(new PhysicalAddress(state.Position)))|}); return new Holder(kho.Pages, pair.First);")]
    [InlineData("foreach (Folio each in All(state, kho)) return new Holder(kho.Pages, each); return new Holder(kho.Pages, default);")]
    [InlineData("var pair = new Pair(" + Restored + ", state.Count == 0 ? default : kho.Restore(kho.FindInherited(new PhysicalAddress(state.Position)))); return new Holder(kho.Pages, pair.First);")]
    [InlineData("var pair = new Pair(" + Restored + ", " + Restored + "); return new Holder(kho.Pages, pair.First);")]
    [InlineData("Func<Folio> later = () => kho.Restore(kho.FindInherited(new PhysicalAddress(_places[0]))); return new Holder(kho.Pages, " + Restored + ");")]
    [InlineData("KhoRange first = kho.FindInherited(new PhysicalAddress(state.Size)), second = kho.FindInherited(new PhysicalAddress(state.Position)); var pair = new Pair(kho.Restore(first), kho.Restore(second)); return new Holder(kho.Pages, pair.First);")]
    [InlineData("if (!kho.TryFindInherited(new PhysicalAddress(state.Position), out _)) return new Holder(kho.Pages, " + Restored + "); var pair = new Pair(" + Restored + ", kho.Restore(kho.FindInherited(new PhysicalAddress(state.Position)))); return new Holder(kho.Pages, pair.First);")]
    [InlineData("var list = new List<Folio>(); try { foreach (ulong each in _places) list.Add(kho.Restore(kho.FindInherited(new PhysicalAddress(each)))); } catch { list.ForEach(kho.Pages.Free); throw; } return new Holder(kho.Pages, list[0]);")]
    [InlineData("using var taken = new Taken(); foreach (ulong each in _places) taken.Add(kho.Restore(kho.FindInherited(new PhysicalAddress(each)))); return new Holder(kho.Pages, taken.First);")]
    public Task One_after_the_other(string body) => VerifyAsync(body);

    private static Task VerifyAsync(string retrieve) => FlowSource.VerifyAsync(FlowSource.Code($$"""
        public sealed class Holder(PageAllocator pages, Folio page) : LuoFile
        {
            public Folio Page => page;
            public uint Count { get; private set; }
            public void Load(uint count) => Count = count;
            public void Close() => Put();
            public void Insert(Folio other) => page = other;
            protected override void Release() => pages.Free(page);
        }
        public sealed class Other(Folio page) { public Folio Page => page; }
        public sealed class Pair(Folio first, Folio second) { public Folio First => first; public Folio Second => second; }
        public sealed class Taken : IDisposable { public Folio First { get; private set; } public void Add(Folio page) => First = page; public void Dispose() { } }
        public static class Elsewhere { public static void Keep(Holder file) { } public static void Drop() { } public static void Insert(Folio page) { } }
        [LiveUpdateFileHandler("holder-v1")]
        public sealed partial class HolderHandler
        {
            private static readonly ulong[] _places = [4096, 8192];
            private Holder? _kept;
            public bool IsOpen => _kept is not null;
            bool CanPreserve(Holder file) => true;
            void Preserve(Holder file, out DiskState state, IKho kho) => state = new DiskState { Size = kho.Preserve(file.Page).Address.Value };
            void Unpreserve(in DiskState state, IKho kho) => kho.Unpreserve(kho.FindPreserved(new PhysicalAddress(state.Size)));
            Holder Retrieve(in DiskState state, IKho kho) { {{retrieve}} }
            void Finish(in DiskState state, RetrieveStatus status, IKho kho)
            {
                if (status.IsNotTried)
                    kho.RestoreFree(kho.FindInherited(new PhysicalAddress(state.Size)));
            }
            private static List<Folio> All(in DiskState state, IKho kho)
            {
                var all = new List<Folio>();
                foreach (ulong each in new[] { state.Size, state.Position })
                    all.Add(kho.Restore(kho.FindInherited(new PhysicalAddress(each))));
                return all;
            }
        }
        """.Replace("all.Add(kho.Restore(kho.FindInherited(new PhysicalAddress(each))));", retrieve.Contains("All(", StringComparison.Ordinal)
            ? "all.Add({|LUO4007:kho.Restore(kho.FindInherited(new PhysicalAddress(each)))|});"
            : "all.Add(kho.Restore(kho.FindInherited(new PhysicalAddress(each))));", StringComparison.Ordinal)));
}
