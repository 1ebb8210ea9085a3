namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO4008 in detail: what a value from the previous kernel decides, and what counts as a look at it.</summary>
public sealed class IncomingValueTests
{
    [Theory]
    [InlineData("Span<byte> bytes = new byte[8]; return new Disk { Size = bytes[{|LUO4008:state.Number|}] };")]
    [InlineData("Span<byte> bytes = new byte[8]; return new Disk { Size = (ulong)bytes.Slice({|LUO4008:state.Number|}).Length };")]
    [InlineData("return new Disk { Size = (ulong)GC.AllocateUninitializedArray<byte>({|LUO4008:state.Number|}).Length };")]
    [InlineData("return new Disk { Size = (ulong)new byte[{|LUO4008:state.Length|}].Length };")]
    [InlineData("byte[] first = new byte[{|LUO4008:state.Size|}]; byte[] second = new byte[state.Size]; return new Disk { Size = (ulong)(first.Length + second.Length) };")]
    [InlineData("_ = kho.GetHashCode(); return new Disk { Size = (ulong)new byte[{|LUO4008:state.Size|}].Length };")]
    [InlineData("return new Disk { Size = 1UL >> {|LUO4008:state.Number|} };")]
    [InlineData("return new Disk { Size = (ulong)new byte[{|LUO4008:state.Size|} + 1].Length };")]
    [InlineData("Span<byte> bytes = stackalloc byte[(int){|LUO4008:state.Size|}]; return new Disk { Size = bytes[0] };")]
    [InlineData("var bytes = new byte[8]; return new Disk { Size = bytes.AsSpan({|LUO4008:state.Number|})[0] };")]
    [InlineData("var bytes = new byte[8]; return new Disk { Size = bytes.AsMemory(0, {|LUO4008:state.Number|}).Span[0] };")]
    [InlineData("Dictionary<int, ulong> sizes = []; return new Disk { Size = sizes[{|LUO4008:state.Number|}] };")]
    [InlineData("List<ulong> sizes = [1]; sizes[{|LUO4008:state.Number|}] = 1; return new Disk { Size = sizes[0] };")]
    [InlineData("return Named((DiskKind){|LUO4008:state.Kind|});")]
    [InlineData("return Of(new Label((DiskKind){|LUO4008:state.Kind|}));")]
    [InlineData("return Of(new Switch({|LUO4008:state.Mode|}));")]
    [InlineData("return Of(new Word({|LUO4008:state.Kind|}));")]
    [InlineData("return Of(new Word({|LUO4008:state.OpenFlags|}));")]
    [InlineData("kho.Pages.Free(kho.Pages.Allocate({|LUO4008:state.Number|})); return new Disk();")]
    public Task It_decides(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("var other = new Disk(); return new Disk { Size = (ulong)new byte[other.Size].Length };")]
    [InlineData("return new Disk { Size = (ulong)new byte[state.Known].Length };")]
    [InlineData("Dictionary<int, ulong> sizes = []; sizes[state.Number] = 1; return new Disk { Size = (ulong)sizes.Count };")]
    [InlineData("var sizes = new Dictionary<int, ulong> { [state.Number] = 1 }; return new Disk { Size = (ulong)sizes.Count };")]
    [InlineData("if (state.Size > 9) throw new ErrnoException(Errno.EINVAL); Span<byte> bytes = stackalloc byte[(int)state.Size]; return new Disk { Size = (ulong)bytes.Length };")]
    [InlineData("ulong count = state.Size; count = 5; return new Disk { Size = (ulong)new byte[count].Length };")]
    [InlineData("ulong count = state.Size; count++; return new Disk { Size = (ulong)new byte[count].Length };")]
    [InlineData("ulong count = state.Size; Limit(ref count); return new Disk { Size = (ulong)new byte[count].Length };")]
    [InlineData("while (state.Size > 10) throw new ErrnoException(Errno.EINVAL); return new Disk();")]
    [InlineData("Check((DiskKind)state.Kind); return new Disk();")]
    [InlineData("return IsKnown((DiskKind)state.Kind) ? new Disk() : throw new ErrnoException(Errno.EINVAL);")]
    [InlineData("return Enum.GetName((DiskKind)state.Kind) is null ? throw new ErrnoException(Errno.EINVAL) : new Disk();")]
    [InlineData("return RetrieveStatus.Failed((Errno)state.Number).IsFailed ? throw new ErrnoException(Errno.EINVAL) : new Disk();")]
    [InlineData("bool isKnown = (DiskKind)state.Kind == DiskKind.Fast; return isKnown ? new Disk() : throw new ErrnoException(Errno.EINVAL);")]
    [InlineData("if (state.Size % 4096 != 0) throw new ErrnoException(Errno.EINVAL); return new Disk { Size = (ulong)new byte[state.Size].Length };")]
    [InlineData("return Of(new Mark(state.Kind, state.Size));")]
    [InlineData("Span<byte> bytes = Own.GetSpan(); return new Disk { Size = (ulong)new byte[bytes[0]].Length };")]
    [InlineData("Mine.PageAllocator.Allocate(state.Number); return new Disk();")]
    public Task It_decides_nothing_or_is_looked_at(string body) => VerifyAsync(body);

    private static Task VerifyAsync(string body) => FlowSource.VerifyAsync(FlowSource.Code($$"""
        public sealed class Label(DiskKind kind) { public DiskKind Kind => kind; }
        public enum Mode : int { None }
        public sealed class Switch(Mode mode) { public Mode Mode => mode; }
        public sealed class Word(uint openFlags) { public uint Value => openFlags; }
        public sealed class Mark(uint kind, ulong size) { public ulong Value => kind + size; }
        public static class Mine { public static class PageAllocator { public static void Allocate(int order) => _ = order; } }
        public static class Own { public static Span<byte> GetSpan() => new byte[8]; }
        [PreservedState] public struct State
        {
            public ulong Size;
            public uint Kind;
            public int Number;
            public Mode Mode;
            public uint OpenFlags;
            public ulong Length { get; set; }
            public readonly ulong Known => Math.Min(Size, 10);
        }

        [LiveUpdateFileHandler("disk-v1")]
        public sealed partial class DiskHandler
        {
            {{FlowSource.CanPreserve}}
            void Preserve(Disk file, out State state) => state = new State { Size = file.Size };
            void Unpreserve() { }
            Disk? Retrieve(in State state, IKho kho) { {{body}} }
            void Finish() { }
            private static Disk Of(Label label) => new() { Kind = label.Kind };
            private static Disk Of(Switch choice) => new() { Segment = (int)choice.Mode };
            private static Disk Of(Word word) => new() { OpenFlags = word.Value };
            private static Disk Of(Mark mark) => new() { Size = mark.Value };
            private static void Limit(ref ulong count) => count = Math.Min(count, 10);
            private static void Check(DiskKind kind) { if (kind > DiskKind.Fast) throw new ErrnoException(Errno.EINVAL); }
            private static bool IsKnown(DiskKind kind) => kind <= DiskKind.Fast;
            private static Disk Named(DiskKind kind) => new() { Kind = kind };
        }
        """));
}
