using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using LuoHandlers.Emulation;
using LuoHandlers.Handlers;

namespace LuoHandlers.Benchmarks.Dispatch;

/// <summary>What generated plumbing costs a callback, against the same written by hand.</summary>
[SteadyConfiguration]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class CallbackDispatch
{
    private readonly ILiveUpdateFileHandler _handWritten = new HandWrittenHandler();
    private readonly ILiveUpdateFileHandler _generated = new GeneratedHandler();
    private readonly PlainFile _file = new() { Position = 7 };
    private Machine _machine = null!;
    private Kernel _kernel = null!;
    private ulong _preserved;

    [GlobalSetup]
    public void Boot()
    {
        _machine = Machine.Create();
        _kernel = _machine.Boot();
        var args = CreateArguments(_handWritten);
        _ = _handWritten.Preserve(ref args);
        _preserved = args.SerializedData;
    }

    [GlobalCleanup]
    public void Stop() => _machine.Dispose();

    [Benchmark(Baseline = true), BenchmarkCategory("can_preserve")]
    public bool CanPreserveByHand() => _handWritten.CanPreserve(_file);

    [Benchmark, BenchmarkCategory("can_preserve")]
    public bool CanPreserveGenerated() => _generated.CanPreserve(_file);

    [Benchmark(Baseline = true), BenchmarkCategory("freeze")]
    public int FreezeByHand() => Freeze(_handWritten);

    [Benchmark, BenchmarkCategory("freeze")]
    public int FreezeGenerated() => Freeze(_generated);

    [Benchmark(Baseline = true), BenchmarkCategory("preserve, unpreserve")]
    public ulong PreserveByHand() => Preserve(_handWritten);

    [Benchmark, BenchmarkCategory("preserve, unpreserve")]
    public ulong PreserveGenerated() => Preserve(_generated);

    // Inlined, so that the JIT learns of one handler in each benchmark, and not of the one that is measured first for both.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Freeze(ILiveUpdateFileHandler handler)
    {
        LiveUpdateFileOpArgs args = CreateArguments(handler);
        args.SerializedData = _preserved;
        return handler.Freeze(ref args);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Preserve(ILiveUpdateFileHandler handler)
    {
        LiveUpdateFileOpArgs args = CreateArguments(handler);
        if (handler.Preserve(ref args) != 0)
            throw new InvalidOperationException("The file was not preserved.");
        handler.Unpreserve(ref args);
        return args.SerializedData;
    }

    private LiveUpdateFileOpArgs CreateArguments(ILiveUpdateFileHandler handler) =>
        new() { Handler = handler, Kho = _kernel.KexecHandover!, File = _file };
}
