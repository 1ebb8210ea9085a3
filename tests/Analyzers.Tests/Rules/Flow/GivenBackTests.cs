namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO4019 in detail: what is used, or given back again, after it was given back, and what callbacks give up too early.</summary>
public sealed class GivenBackTests
{
    [Theory]
    [InlineData("kho.UnpreserveFree(range); _ = {|LUO4019:kho.GetSpan(range)|}[0];")]
    [InlineData("kho.RestoreFree(range); _ = {|LUO4019:kho.GetSpan(range)|}[0];")]
    [InlineData("kho.RestoreFree(range); {|LUO4019:kho.RestoreFree(range)|};")]
    [InlineData("kho.Unpreserve(range); {|LUO4019:kho.Unpreserve(range)|};")]
    [InlineData("Folio page = kho.Restore(range); {|LUO4019:kho.RestoreFree(range)|}; kho.Pages.Free(page);")]
    [InlineData("KhoRange mine = kho.FindPreserved(default); kho.UnpreserveFree(mine); if (isOn) {|LUO4019:kho.UnpreserveFree(mine)|};")]
    [InlineData("kho.RestoreFree(range); Console.WriteLine(1); {|LUO4019:kho.RestoreFree(range)|}; {|LUO4019:kho.RestoreFree(range)|};")]
    [InlineData("array.UnpreserveFree(); _ = {|LUO4019:array[0]|};")]
    [InlineData("array.RestoreFree(); _ = {|LUO4019:array.ToArray()|};")]
    [InlineData("kho.RestoreFree(range); try { Console.WriteLine(1); } catch { {|LUO4019:kho.RestoreFree(range)|}; throw; }")]
    [InlineData("kho.RestoreFree(range); try { {|LUO4019:kho.RestoreFree(range)|}; } finally { Console.WriteLine(1); }")]
    [InlineData("Action<KhoRange> undo = kho.UnpreserveFree; kho.RestoreFree(range); undo(range);")]
    [InlineData("kho.RestoreFree(range); _ = range.Address; _ = range.ByteCount; _ = range.Folio; _ = range.ToString();")]
    [InlineData("array.RestoreFree(); _ = array.Count; _ = array.Descriptor;")]
    [InlineData("_ = kho.GetSpan(range)[0]; kho.RestoreFree(range);")]
    [InlineData("kho.RestoreFree(range); kho.RestoreFree(other);")]
    [InlineData("kho.RestoreFree(range); Console.WriteLine(range); Own.RestoreFree(range);")]
    [InlineData("Own.RestoreFree(range); kho.RestoreFree(range);")]
    [InlineData("if (isOn) kho.RestoreFree(other); kho.RestoreFree(other);")]
    [InlineData("Action later = () => kho.RestoreFree(range); kho.RestoreFree(range); later = Console.WriteLine;")]
    [InlineData("_ = isOn ? kho.Restore(range) : default; kho.RestoreFree(range);")]
    [InlineData("_ = isOn && kho.Restore(range).Order == 0; kho.RestoreFree(range);")]
    [InlineData("Folio? page = null; page ??= kho.Restore(range); kho.RestoreFree(range);")]
    [InlineData("Folio page = isOn switch { true => kho.Restore(range), _ => default }; kho.RestoreFree(range);")]
    [InlineData("maybe?.UnpreserveFree(array.Count); kho?.RestoreFree(range); kho!.RestoreFree(range);")]
    public Task Memory(string body) => VerifyAsync(body);

    // It is this kernel's ordinary memory from there on.
    [Theory]
    [InlineData("Folio page = kho.Restore(range); kho.GetSpan(range)[0] = 1; kho.Pages.Free(page);")]
    [InlineData("kho.Unpreserve(range); _ = kho.GetSpan(range)[0]; kho.Preserve(range.Folio);")]
    [InlineData("Span<byte> bytes = kho.GetSpan(range); kho.Restore(range); bytes[0] = 1;")]
    [InlineData("kho.Unpreserve(range); Console.WriteLine(range); Own.RestoreFree(range);")]
    public Task Memory_that_is_kept(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("kho.RestoreFree(range); if (kho.TryFindInherited(default, out range)) kho.RestoreFree(range);")]
    [InlineData("kho.RestoreFree(range); Renew(ref range); kho.RestoreFree(range);")]
    [InlineData("kho.RestoreFree(range); range = other; kho.RestoreFree(range);")]
    [InlineData("kho.RestoreFree(range); (range, _) = (other, 1); kho.RestoreFree(range);")]
    [InlineData("kho.RestoreFree(range); if (isOn) range = other; kho.RestoreFree(range);")]
    [InlineData("if (isOn) goto out_of_it; kho.RestoreFree(range); out_of_it: kho.RestoreFree(range);")]
    [InlineData("kho.RestoreFree(range); In(in range); {|LUO4019:kho.RestoreFree(range)|};")]
    [InlineData("kho.RestoreFree(range); other = range; {|LUO4019:kho.RestoreFree(range)|};")]
    public Task What_is_something_else_by_then(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("Free(); return; void Free() => kho.RestoreFree(range); ")]
    [InlineData("kho.RestoreFree(range); return; void Free() => kho.RestoreFree(range);")]
    [InlineData("kho.RestoreFree(range); Action later = () => kho.RestoreFree(range); later = Console.WriteLine;")]
    [InlineData("kho.RestoreFree(range); try { kho.RestoreFree(range); } catch (ErrnoException) { }")]
    public Task What_runs_at_another_time_or_is_expected_to_fail(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("Span<byte> bytes = kho.GetSpan(range); kho.RestoreFree(range); {|LUO4019:bytes[0]|} = 1;")]
    [InlineData("ReadOnlySpan<byte> bytes = kho.GetSpan(range); kho.RestoreFree(range); _ = {|LUO4019:bytes.ToArray()|};")]
    [InlineData("Span<ulong> words = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ulong>(kho.GetSpan(range)); kho.RestoreFree(range); _ = {|LUO4019:words[0]|};")]
    [InlineData("Span<byte> bytes = kho.GetSpan(range).Slice(0, 8); kho.RestoreFree(range); {|LUO4019:Show(bytes)|};")]
    [InlineData("Span<byte> bytes = kho.GetSpan(range); kho.RestoreFree(range); _ = bytes.Length; _ = bytes.IsEmpty; _ = nameof(bytes);")]
    [InlineData("Span<byte> bytes = kho.GetSpan(other); kho.RestoreFree(range); bytes[0] = 1;")]
    [InlineData("ReadOnlySpan<byte> copy = kho.GetSpan(range).ToArray(); kho.RestoreFree(range); _ = copy[0];")]
    [InlineData("byte[] copy = kho.GetSpan(range).ToArray(); kho.RestoreFree(range); _ = copy[0];")]
    [InlineData("byte first = kho.GetSpan(range)[0]; kho.RestoreFree(range); Console.WriteLine(first);")]
    [InlineData("ReadOnlySpan<byte> text = Decode(kho.GetSpan(range)); kho.RestoreFree(range); _ = text[0];")]
    [InlineData("Span<byte> bytes = kho.GetSpan(range); kho.RestoreFree(range); bytes = kho.GetSpan(other); bytes[0] = 1;")]
    public Task Views_of_memory(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("session.Dispose(); {|LUO4019:session.Finish()|};")]
    [InlineData("session.Dispose(); {|LUO4019:session.PreserveFile(1, disk)|};")]
    [InlineData("device.Dispose(); {|LUO4019:device.CreateSession(\"a\")|};")]
    [InlineData("using (own) { } {|LUO4019:own.Finish()|};")]
    [InlineData("own.Dispose(); {|LUO4019:own.Finish()|};")]
    [InlineData("session.Dispose(); session.Dispose(); _ = session.Name; _ = session.ToString(); Show(session);")]
    [InlineData("session.Finish(); session.Dispose();")]
    [InlineData("session.Dispose(); session = own; session.Finish();")]
    [InlineData("stream.Dispose(); _ = stream.CanRead; using (reader) { } reader.Read();")]
    [InlineData("session.Dispose(); Refused(() => session.Finish());")]
    [InlineData("session.Dispose(); try { session.Finish(); } catch (LuoException) { }")]
    public Task Sessions(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("var file = new Disk(); file.Put(); {|LUO4019:file.Lock()|};")]
    [InlineData("var file = new Disk(); Show(file); file.Put(); {|LUO4019:file.Lock()|};")]
    [InlineData("Folio page = kho.Pages.Allocate(0); var file = new Holder(page); file.Put(); {|LUO4019:kho.Pages.Free(page)|};")]
    [InlineData("Folio page = kho.Pages.Allocate(0); var file = new Holder(page); file.Put(); _ = page.Address; Own.Free(page); _ = kho.Preserve(page);")]
    [InlineData("var file = new Disk(); file.Put(); _ = file.ReferenceCount;")]
    [InlineData("var file = new Disk(); file.Get(); file.Put(); file.Lock();")]
    [InlineData("var file = new Disk(); session.PreserveFile(1, file); file.Put(); file.Lock();")]
    [InlineData("var file = new Disk(); list.Add(file); file.Put(); file.Lock();")]
    [InlineData("var file = new Disk(); kept = file; file.Put(); file.Lock();")]
    [InlineData("Disk file = kept; file.Put(); file.Lock();")]
    [InlineData("disk.Put(); disk.Lock();")]
    [InlineData("Memfd ram = kernel.CreateMemfd(); ram.SetSize(1); ram.Put(); {|LUO4019:ram.SetSize(2)|};")]
    [InlineData("Memfd ram = kernel.CreateMemfd(); session.PreserveFile(1, ram); ram.Put(); ram.SetSize(2);")]
    [InlineData("Memfd ram = session.RetrieveFile<Memfd>(1); session.Finish(); ram.Put(); {|LUO4019:ram.SetSize(2)|};")]
    [InlineData("Memfd ram = session.RetrieveFile<Memfd>(1); ram.Put(); ram.SetSize(2);")]
    [InlineData("Memfd ram = session.RetrieveFile<Memfd>(1); ram.Put(); ram.SetSize(2); session.Finish();")]
    [InlineData("Memfd ram = session.RetrieveFile<Memfd>(1); if (isOn) session.Finish(); ram.Put(); ram.SetSize(2);")]
    [InlineData("Memfd ram = session.RetrieveFile<Memfd>(1); session.Finish(); ram.Get(); ram.Put(); ram.SetSize(2);")]
    [InlineData("Memfd ram = session.RetrieveFile<Memfd>(1); new Own().Finish(); ram.Put(); ram.SetSize(2);")]
    [InlineData("Memfd ram = new Own().CreateMemfd(); ram.Put(); ram.SetSize(2);")]
    [InlineData("Memfd ram = (Memfd)kernel.GetFile(1); ram.Put(); ram.SetSize(2);")]
    [InlineData("var file = new Own(); file.Put(); file.Lock();")]
    public Task Files(string body) => VerifyAsync(body);

    private static Task VerifyAsync(string body) => FlowSource.VerifyAsync(FlowSource.Code($$"""
        public sealed class Owner
        {
            public void Run(
                IKho kho, KhoRange range, KhoRange other, KhoVmallocArray<ulong> array, LiveUpdateSession session, LiveUpdateSession own,
                LiveUpdateDevice device, Kernel kernel, Disk disk, Disk kept, List<Disk> list, Stream stream, StringReader reader, Own? maybe, bool isOn)
            {
                {{body}}
            }
            private static void Renew(ref KhoRange range) => range = default;
            private static void In(in KhoRange range) { }
            private static void Show(object thing) { }
            private static void Show(Span<byte> bytes) { }
            private static ReadOnlySpan<byte> Decode(Span<byte> bytes) => bytes.ToArray();
            private static void Refused(Action action) { }
        }
        public sealed class Holder(Folio page) : LuoFile { public Folio Page => page; }
        public sealed class Own
        {
            public static void RestoreFree(KhoRange range) { }
            public static void Free(Folio page) { }
            public void UnpreserveFree(ulong count) { }
            public void Put() { }
            public void Finish() { }
            public Memfd CreateMemfd() => throw new NotSupportedException();
            public void Lock() { }
        }
        """));
}
