namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO4008, memory that Preserve does not always take, and that one of the callbacks counts on.</summary>
public sealed class MissingMemoryTests
{
    private const string Asked = "if (state.Count != 0) ";
    private const string Free = "kho.RestoreFree(kho.FindInherited(new PhysicalAddress(state.Size)));";
    private const string Unasked = "kho.RestoreFree({|LUO4008:kho.FindInherited(new PhysicalAddress(state.Size))|});";

    // Preserve takes memory only of some files; one callback asks whether it did, the other doesn't.
    [Theory]
    [InlineData(Asked, Free, Asked + Free)]
    [InlineData(Asked, Free, "if (state.Size == 0) return; " + Free)]
    [InlineData(Asked, Free, "switch (state.Size) { case 0: return; } " + Free)]
    [InlineData(Asked, Free, Unasked)]
    [InlineData(Asked, Free, "Drop(state, kho);", true)]
    [InlineData("", Unasked, Asked + Free)]
    [InlineData(Asked, Free, "if (file is null) " + Unasked)]
    [InlineData(Asked, Free, "if (state.Count != 0) Drop(state, kho);")]
    public Task Memory_that_is_not_always_there(string unpreserve, string retrieve, string finish, bool isInDrop = false) => VerifySometimesAsync(
        "if (file.Size != 0) { state.Size = kho.AllocatePreserved(8).Address.Value; state.Count = 1; }", unpreserve, retrieve, finish, isInDrop);

    [Theory]
    [InlineData("state.Size = kho.AllocatePreserved(8).Address.Value; state.Count = 1;")]
    [InlineData("if (file.Size != 0) state.Size = kho.AllocatePreserved(8).Address.Value; else throw new ErrnoException(Errno.EINVAL); state.Count = 1;")]
    [InlineData("if (file.Size != 0) state.Size = kho.AllocatePreserved(8).Address.Value; else state.Size = kho.AllocatePreserved(16).Address.Value; state.Count = 1;")]
    [InlineData("state = new DiskState { Size = kho.AllocatePreserved(8).Address.Value }; state.Count = 1;")]
    public Task Memory_that_is_always_there(string preserve) => VerifySometimesAsync(preserve, Asked, Asked + Free, Free, false);

    private static Task VerifySometimesAsync(string preserve, string unpreserve, string retrieve, string finish, bool isInDrop) => FlowSource.VerifyAsync(FlowSource.With(
        preserve: $"void Preserve(Disk file, out DiskState state, IKho kho) {{ state = default; {preserve} }}",
        unpreserve: $"void Unpreserve(in DiskState state, IKho kho) {{ {unpreserve}kho.UnpreserveFree(kho.FindPreserved(new PhysicalAddress(state.Size))); }}",
        retrieve: $"Disk Retrieve(in DiskState state, IKho kho) {{ {(retrieve == Free ? Asked + Free : retrieve)} return new Disk(); }}",
        finish: $"void Finish(Disk? file, in DiskState state, RetrieveStatus status, IKho kho) {{ if (!status.IsNotTried) return; {finish} }}",
        other: $"private static void Drop(in DiskState state, IKho kho) => {(isInDrop ? Unasked : Free)}"));
}
