namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO4008 in detail: ends of texts and chains that the previous kernel decides about.</summary>
public sealed class InheritedTextTests
{
    [Theory]
    [InlineData("Use(text[..{|LUO4008:text.IndexOf((byte)0)|}]);")]
    [InlineData("Use(text.Slice(0, {|LUO4008:text.IndexOf((byte)0)|}));")]
    [InlineData("int end = text.IndexOf((byte)0); Use(text[..{|LUO4008:end|}]);")]
    [InlineData("int end = text.IndexOf((byte)0); if (end < 0) throw new ErrnoException(Errno.EINVAL); Use(text[..end]);")]
    [InlineData("int end = text.IndexOf((byte)0); Console.WriteLine(end); Use(text[..end]);")]
    [InlineData("Use(text[..text.IndexOf((byte)1)]);")]
    [InlineData("Console.WriteLine(text.IndexOf((byte)0));")]
    [InlineData("if (!text.Contains((byte)0)) throw new ErrnoException(Errno.EINVAL); Use(text[..text.IndexOf((byte)0)]);")]
    [InlineData("if (text[^1] != 0) throw new ErrnoException(Errno.EINVAL); Use(text[..text.IndexOf((byte)0)]);")]
    [InlineData("if (other.Length == 0) throw new ErrnoException(Errno.EINVAL); Use(text[..{|LUO4008:text.IndexOf((byte)0)|}]);")]
    [InlineData("try { Use(text[..text.IndexOf((byte)0)]); } catch (ArgumentOutOfRangeException) { throw new ErrnoException(Errno.EINVAL); }")]
    [InlineData("int i = 0; while ({|LUO4008:text[i] != 0|}) i++;")]
    [InlineData("int i = 0; while (text[i] != 1) i++;")]
    [InlineData("int i = 0; while (text[i] == 0) i++;")]
    [InlineData("int i = 0; while (i < text.Length && text[i] != 0) i++;")]
    [InlineData("int i = 0; while (text[i] != 0) { i++; if (i == text.Length) throw new ErrnoException(Errno.EINVAL); }")]
    [InlineData("int i = 0; while (text[i] != 0) text[i] = 0;")]
    [InlineData("int i = 0; if (!text.Contains((byte)0)) throw new ErrnoException(Errno.EINVAL); while (text[i] != 0) i++;")]
    [InlineData("int end = text.IndexOf((byte)0); Use(text);")]
    [InlineData("List<byte> own = [1, 0]; int i = 0; while (own[i] != 0) i++;")]
    [InlineData("int i = 0; int count = 0; while (text[i] != 0) { text[i]--; count++; } Console.WriteLine(count);")]
    public Task Ends_of_a_text(string body) => VerifyAsync($"Span<byte> text = kho.GetSpan(range); Span<byte> other = kho.GetSpan(range); {body}");

    [Theory]
    [InlineData("{|LUO4008:while|} (next != 0) { next = Read(kho.GetSpan(kho.FindInherited(new PhysicalAddress(next)))); }")]
    [InlineData("{|LUO4008:while|} (next != 0) { next = Read(kho.GetSpan(kho.FindInherited(new PhysicalAddress(next)))); length++; }")]
    [InlineData("while (next != 0) { next = Read(kho.GetSpan(kho.FindInherited(new PhysicalAddress(next)))); if (++length > 9) throw new ErrnoException(Errno.EINVAL); }")]
    [InlineData("while (next != 0) { next = Read(kho.GetSpan(kho.FindInherited(new PhysicalAddress(next)))); if (++length == 9) throw new ErrnoException(Errno.EINVAL); }")]
    [InlineData("while (next != 0) { if (!seen.Add(next)) throw new ErrnoException(Errno.EINVAL); next = Read(kho.GetSpan(kho.FindInherited(new PhysicalAddress(next)))); }")]
    [InlineData("while (next != 0 && length != 9) { next = Read(kho.GetSpan(kho.FindInherited(new PhysicalAddress(next)))); length++; }")]
    [InlineData("while (next < 9) { next = Read(kho.GetSpan(kho.FindInherited(new PhysicalAddress(next)))); }")]
    [InlineData("while (next != 0) { next = Read(kho.GetSpan(range)); }")]
    [InlineData("while (next != 0) { KhoRange block = kho.FindInherited(new PhysicalAddress(next)); next = Read(kho.GetSpan(block)); kho.RestoreFree(block); }")]
    [InlineData("{|LUO4008:while|} (next != 0) { if (!kho.TryFindInherited(new PhysicalAddress(next), out KhoRange block)) throw new ErrnoException(Errno.EINVAL); next = Read(kho.GetSpan(block)); }")]
    [InlineData("{|LUO4008:while|} (next != 0) { next = Read(kho.GetSpan(kho.FindInherited(new PhysicalAddress(next)))); length++; if (state.Count == 9) Console.WriteLine(next); }")]
    [InlineData("while (next != 0) { _ = Read(kho.GetSpan(kho.FindInherited(new PhysicalAddress(state.Size)))); next = next >> 1; }")]
    [InlineData("while (next != 0) { next = Read(BitConverter.GetBytes(next >> 1)); }")]
    public Task Ends_of_a_chain(string body) => VerifyAsync($"ulong next = 4096; int length = 0; var seen = new HashSet<ulong>(); {body} Console.WriteLine(length + seen.Count);");

    [Theory]
    [InlineData("Console.WriteLine(new byte[{|LUO4008:view[0]|}].Length);")]
    [InlineData("if (view[0] > 9) throw new ErrnoException(Errno.EINVAL); Console.WriteLine(new byte[view[0]].Length);")]
    [InlineData("Check(view); Console.WriteLine(new byte[view[0]].Length);")]
    [InlineData("Span<byte> own = new byte[4]; Console.WriteLine(new byte[own[0]].Length + view.Length);")]
    [InlineData("if (Test(view) != Errno.None) throw new ErrnoException(Errno.EINVAL); Console.WriteLine(new byte[view[0]].Length);")]
    [InlineData("if (!Own.IsGood(view)) throw new ErrnoException(Errno.EINVAL); Console.WriteLine(new byte[view[0]].Length);")]
    [InlineData("Use(view); Console.WriteLine(new byte[{|LUO4008:view[0]|}].Length);")]
    public Task Views_of_inherited_memory(string body) => VerifyAsync($"Span<byte> view = kho.GetSpan(range); {body}");

    [Theory]
    [InlineData("int i = 0; while ({|LUO4008:text[i] != 0|}) i++; Console.WriteLine(i);")]
    [InlineData("ulong next = 4096; {|LUO4008:while|} (next != 0) next = Read(kho.GetSpan(kho.FindInherited(new PhysicalAddress(next)))); Console.WriteLine(text.Length);")]
    public Task A_method_of_two_callbacks_is_told_once(string body) => new AllRulesTest
    {
        DisabledDiagnostics = { RuleIds.FieldNeverWritten, RuleIds.FieldNeverRead, RuleIds.LeakOnFailure },
        TestCode = FlowSource.With(
            retrieve: "Disk Retrieve(in DiskState state, IKho kho) { KhoRange range = kho.FindInherited(new PhysicalAddress(state.Size)); Look(kho.GetSpan(range), kho); kho.RestoreFree(range); return new Disk(); }",
            finish: "void Finish(in DiskState state, RetrieveStatus status, IKho kho) { if (!status.IsNotTried) return; KhoRange range = kho.FindInherited(new PhysicalAddress(state.Size)); Look(kho.GetSpan(range), kho); kho.RestoreFree(range); }",
            other: $$"""
                private static void Look(Span<byte> text, IKho kho) { {{body}} }
                private static ulong Read(ReadOnlySpan<byte> block) => System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(block);
                """),
    }.RunAsync(TestContext.Current.CancellationToken);

    // What a failure leaves behind is not the point here.
    private static Task VerifyAsync(string body) => new AllRulesTest
    {
        DisabledDiagnostics = { RuleIds.FieldNeverWritten, RuleIds.FieldNeverRead, RuleIds.LeakOnFailure },
        TestCode = FlowSource.With(
            retrieve: $$"""Disk Retrieve(in DiskState state, IKho kho) { KhoRange range = kho.FindInherited(new PhysicalAddress(state.Size)); {{body}} kho.RestoreFree(range); return new Disk(); }""",
            other: "private static void Check(ReadOnlySpan<byte> view) { if (view[0] > 9) throw new ErrnoException(Errno.EINVAL); } private static Errno Test(ReadOnlySpan<byte> view) => view[0] > 9 ? Errno.EINVAL : Errno.None; private static class Own { public static bool IsGood(ReadOnlySpan<byte> view) => view[0] < 9; } private static int Use(ReadOnlySpan<byte> text) => text.Length; private static ulong Read(ReadOnlySpan<byte> block) => System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(block);"),
    }.RunAsync(TestContext.Current.CancellationToken);
}
