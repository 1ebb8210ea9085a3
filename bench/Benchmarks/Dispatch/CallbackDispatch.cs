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

    // Each benchmark calls its handler itself. In a method that both call, the JIT would learn of the handler that is measured first, and inline that one alone.
    [Benchmark(Baseline = true), BenchmarkCategory("freeze")]
    public int FreezeByHand()
    {
        LiveUpdateFileOpArgs args = CreateArguments(_handWritten);
        args.SerializedData = _preserved;
        return _handWritten.Freeze(ref args);
    }

    [Benchmark, BenchmarkCategory("freeze")]
    public int FreezeGenerated()
    {
        LiveUpdateFileOpArgs args = CreateArguments(_generated);
        args.SerializedData = _preserved;
        return _generated.Freeze(ref args);
    }

    [Benchmark(Baseline = true), BenchmarkCategory("preserve, unpreserve")]
    public ulong PreserveByHand()
    {
        LiveUpdateFileOpArgs args = CreateArguments(_handWritten);
        CheckPreserved(_handWritten.Preserve(ref args));
        _handWritten.Unpreserve(ref args);
        return args.SerializedData;
    }

    [Benchmark, BenchmarkCategory("preserve, unpreserve")]
    public ulong PreserveGenerated()
    {
        LiveUpdateFileOpArgs args = CreateArguments(_generated);
        CheckPreserved(_generated.Preserve(ref args));
        _generated.Unpreserve(ref args);
        return args.SerializedData;
    }

    private static void CheckPreserved(int result)
    {
        if (result != 0)
            throw new InvalidOperationException("The file was not preserved.");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private LiveUpdateFileOpArgs CreateArguments(ILiveUpdateFileHandler handler) =>
        new() { Handler = handler, Kho = _kernel.KexecHandover!, File = _file };
}
