using Microsoft.CodeAnalysis;

namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>What the messages say of the place: names, lines, numbers of bits.</summary>
public sealed class MessageTests
{
    public static TheoryData<string, string> Messages => new()
    {
        { FlowSource.With(unpreserve: "void Unpreserve() { }"), "Unpreserve of 'DiskHandler' releases nothing, but Preserve takes something with IKho.AllocatePreserved:" },
        { FlowSource.With(finish: "void Finish() { }"), "Finish of 'DiskHandler' releases nothing, but Preserve hands memory over with IKho.AllocatePreserved:" },
        { FlowSource.With(finish: "void Finish(in DiskState state, IKho kho) => kho.RestoreFree(kho.FindInherited(new PhysicalAddress(state.Size)));"), "Finish of 'DiskHandler' uses inherited memory with IKho.FindInherited whatever became of Retrieve," },
        { FlowSource.Plain(canPreserve: "bool CanPreserve(LuoFile file) => true;", preserve: "void Preserve(LuoFile file, out DiskState state) => state = default;", retrieve: "LuoFile Retrieve() => new Disk();"), "CanPreserve of 'DiskHandler' accepts every file:" },
        { FlowSource.Plain(other: "bool CanFinish() => false;"), "CanFinish of 'DiskHandler' is always false:" },
        { FlowSource.Plain(retrieve: "Disk Retrieve() => throw new ErrnoException(Errno.EIO);"), "Retrieve of 'DiskHandler' always fails, but Preserve accepts files:" },
        { OutcomeRulesTests.Raw("22"), "Preserve returns '22', a positive number, which LUO does not take for a failure: user space gets it as the positive result of its ioctl." },
        { FlowSource.Code("public static class Errors { public static Errno Find() => (Errno)(-5); }"), "'(Errno)(-5)' is -5, which is no error number," },
        { FlowSource.Plain(retrieve: "Disk Retrieve(in DiskState state) => new Disk { Size = 1UL << state.Number };"), "'state.Number' comes from the previous kernel and is used as a shift unchecked:" },
        { FlowSource.Plain(preserve: "void Preserve(Disk file, out DiskState state) => state = new DiskState { Count = (uint)file.Size };"), "'file.Size' is cut from 64 to 32 bits on its way into the state:" },
        { FlowSource.Plain(preserve: "void Preserve(Disk file, out DiskState state) => state = new DiskState { Size = (ulong)(file.Segment << 16) };"), "'file.Segment' is shifted in 32 bits and widened only afterwards:" },
        { FlowSource.Plain(preserve: "void Preserve(Disk file, out DiskState state) => state = new DiskState { Size = file.Size, Position = file.Position };", other: "void Freeze(Disk file, ref DiskState state) => state.Size = file.Size;"), "Freeze renews 'Size' but not 'Position', and 'file.Position' can change until then just as well:" },
        { FlowSource.Plain(preserve: "void Preserve(Disk file, out DiskState state) { _size = 1; state = default; }", retrieve: "Disk Retrieve() => new Disk { Size = _size };", other: "private ulong _size;"), "'_size' is written in Preserve and read in Retrieve, but Retrieve runs in the next kernel," },
        { FlowSource.Plain(other: "void Freeze() => Thread.Sleep(1);"), "Thread.Sleep can wait, and Freeze runs inside the reboot," },
        { FlowSource.Plain(other: "void Freeze(Disk file) => file.Lock();"), "Freeze of 'DiskHandler' does more than write the state (file.Lock), and there is no Unfreeze:" },
        { FlowSource.Code("public static class Agent { public static void Run(Kernel kernel, ILiveUpdateFlb flb) { kernel.GetIncomingFlb<Disk>(flb); } }"), "The lease that GetIncomingFlb gives is never disposed," },
        { FlowSource.Code("public static class Agent { public static void Run(LiveUpdateSession session) { session.TryFinish(); } }"), "What LiveUpdateSession.TryFinish returns is the only word of its failure," },
        { FlowSource.Plain(finish: "void Finish(Disk file) => file.Lock();", nullable: "disable"), "'file' is null in Finish when the file was never retrieved or its retrieve failed," },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task A_message_begins_with_what_is_wrong_here(string source, string beginning)
    {
        Diagnostic diagnostic = Assert.Single(await HandlerCompilation.AnalyzeAsync(HandlerCompilation.Create(source)), each => each.Id.StartsWith("LUO4", StringComparison.Ordinal));
        Assert.StartsWith(beginning, diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_leak_names_the_line_that_fails()
    {
        string source = FlowSource.With(preserve: """
            void Preserve(Disk file, out DiskState state, IKho kho)
            {
                KhoRange range = kho.AllocatePreserved(4096);
                if (file.Size == 0)
                    throw new ErrnoException(Errno.EINVAL);
                state = new DiskState { Size = range.Address.Value };
            }
            """);
        Diagnostic diagnostic = Assert.Single(await HandlerCompilation.AnalyzeAsync(HandlerCompilation.Create(source)), each => each.Id.StartsWith("LUO4", StringComparison.Ordinal));
        int line = source.Split('\n').Index().Single(each => each.Item.Contains("throw new ErrnoException(Errno.EINVAL);", StringComparison.Ordinal)).Index + 1;
        Assert.StartsWith(
            $"What IKho.AllocatePreserved takes here stays taken when line {line} fails:", diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal(line, diagnostic.AdditionalLocations.Single().GetLineSpan().StartLinePosition.Line + 1);
    }
}
