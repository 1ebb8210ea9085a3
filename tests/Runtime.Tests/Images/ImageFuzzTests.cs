using FsCheck;
using FsCheck.Fluent;
using LuoHandlers.Orchestrator;

namespace LuoHandlers.Runtime.Tests.Images;

/// <summary>
/// Images that are nearly valid: whatever is wrong with them ends in one of the documented errors or in what Linux does, with little memory.
/// A longer run: set <c>LUOHANDLERS_FUZZ_CASES</c> to the number of cases, and <c>LUOHANDLERS_FUZZ_SEED</c> to another seed.
/// </summary>
public sealed class ImageFuzzTests(ITestOutputHelper output)
{
    private const int DefaultCases = 20_000;
    private const ulong DefaultSeed = 20261121;

    /// <summary>An image is 150 kB; ten times as much, for copies of it and for events, is little.</summary>
    private const long AllocationLimit = 4 << 20;

    private static Gen<ImageMutation> Mutations =>
        from kind in Gen.Frequency(
            (4, Gen.Constant(ImageMutationKind.Field)),
            (10, Gen.Constant(ImageMutationKind.FieldToInteresting)),
            (6, Gen.Constant(ImageMutationKind.FieldNearby)),
            (2, Gen.Constant(ImageMutationKind.Bytes)),
            (4, Gen.Constant(ImageMutationKind.Bit)),
            (2, Gen.Constant(ImageMutationKind.CopyPage)),
            (1, Gen.Constant(ImageMutationKind.ClearPage)),
            (1, Gen.Constant(ImageMutationKind.Truncate)))
        from place in Gen.Choose(0, int.MaxValue - 1)
        from high in Gen.Choose(int.MinValue, int.MaxValue)
        from low in Gen.Choose(int.MinValue, int.MaxValue)
        from width in Gen.Elements(1, 2, 4, 8, 8, 8, 8)
        select new ImageMutation(kind, place, ((ulong)(uint)high << 32) | (uint)low, width);

    private static Gen<FuzzCase> Cases =>
        from target in Gen.Frequency(
            (6, Gen.Constant(FuzzTarget.Elf)),
            (3, Gen.Constant(FuzzTarget.OldElf)),
            (2, Gen.Constant(FuzzTarget.OldestElf)),
            (1, Gen.Constant(FuzzTarget.Raw)),
            (1, Gen.Constant(FuzzTarget.OldRaw)))
        from policy in Gen.Elements(BadEntryPolicy.Fail, BadEntryPolicy.Isolate)
        from count in Gen.Choose(1, 4)
        from mutations in Gen.ListOf(Mutations, count)
        select new FuzzCase(target, policy, [.. mutations]);

    [Fact]
    public void Changed_images_end_in_documented_errors_with_little_memory()
    {
        int count = int.Parse(Environment.GetEnvironmentVariable("LUOHANDLERS_FUZZ_CASES") ?? $"{DefaultCases}");
        ulong seed = ulong.Parse(Environment.GetEnvironmentVariable("LUOHANDLERS_FUZZ_SEED") ?? $"{DefaultSeed}");
        var run = new FuzzRun();
        long started = System.Diagnostics.Stopwatch.GetTimestamp();
        Prop.ForAll(Arb.From(Cases, Shrink), (Action<FuzzCase>)run.Run)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(seed, 1));

        output.WriteLine($"{run.Count} cases in {System.Diagnostics.Stopwatch.GetElapsedTime(started)}, the longest {run.Longest}, the most processor time {run.MostProcessorTime}, "
            + $"the most allocated {run.MostAllocated} bytes");
        foreach ((string outcome, int times) in run.Outcomes)
            output.WriteLine($"{outcome}: {times}");
        Assert.Equal(count, run.Count);
        Assert.InRange(run.MostAllocated, 0, AllocationLimit);
        // The changes reach every layer: files, trees, LUO's own structures, and some images stay valid.
        string[] expected =
        [
            "image: succeeded", "image: InvalidImageException", "report: succeeded", "report: InvalidHandoverException", "boot: succeeded",
            "boot: InvalidHandoverException", "boot: KernelPanicException",
        ];
        Assert.Subset(run.Outcomes.Keys.ToHashSet(), expected.ToHashSet());
    }

    /// <summary>The same with one change less.</summary>
    private static IEnumerable<FuzzCase> Shrink(FuzzCase fuzzCase) =>
        Enumerable.Range(0, fuzzCase.Mutations.Count).Where(_ => fuzzCase.Mutations.Count > 1).Select(left =>
            fuzzCase with { Mutations = [.. fuzzCase.Mutations.Where((_, index) => index != left)] });
}
