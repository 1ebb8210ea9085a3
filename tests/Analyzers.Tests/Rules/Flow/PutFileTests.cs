namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO4019 where a callback puts the file that it got: whose reference that may be.</summary>
public sealed class PutFileTests
{
    [Theory]
    [InlineData("void Finish(Disk? file) => file?{|LUO4019:.Put()|};")]
    [InlineData("void Finish(Disk? file) { if (file is not null) {|LUO4019:file.Put()|}; }")]
    [InlineData("void Finish(Disk? file) { if (file != null) { {|LUO4019:((LuoFile)file).Put()|}; } }")]
    [InlineData("void Finish(Disk? file) { Action later = () => file?.Put(); later(); }")]
    [InlineData("void Finish(Disk? file) => _other?.Put();")]
    [InlineData("void Finish(Disk? file) => file?.ToString();")]
    public Task In_Finish(string finish) => VerifyAsync(finish: finish);

    [Theory]
    [InlineData("{|LUO4019:file.Put()|};")]
    [InlineData("_other.Put();")]
    [InlineData("new Disk().Put();")]
    public Task In_Unpreserve(string statement) => VerifyAsync(unpreserve: $"void Unpreserve(Disk file) {{ {statement} }}");

    [Theory]
    [InlineData("void Preserve(Disk file, out DiskState state) { file.Get(); state = new DiskState { Size = file.Size }; }", "Disk Retrieve(in DiskState state) => new Disk { Size = state.Size };")]
    [InlineData("void Preserve(Disk file, out DiskState state) { Action get = file.Get; get(); state = new DiskState { Size = file.Size }; }", "Disk Retrieve(in DiskState state) => new Disk { Size = state.Size };")]
    [InlineData("void Preserve(Disk file, out DiskState state) { file.Flush(); state = new DiskState { Size = file.Size }; }", "Disk Retrieve(in DiskState state) => new Disk { Size = state.Size };")]
    [InlineData("void Preserve(Disk file, out DiskState state) { Shelf.Keep(file); state = new DiskState { Size = file.Size }; }", "Disk Retrieve(in DiskState state) => new Disk { Size = state.Size };")]
    [InlineData("void Preserve(Disk file, out DiskState state) => state = new DiskState { Size = file.Size };", "Disk Retrieve(in DiskState state) => _all[(int)(state.Size & 1)];")]
    [InlineData("void Preserve(Disk file, out DiskState state) => state = new DiskState { Size = file.Size };", "Disk Retrieve(in DiskState state) { var file = new Disk { Size = state.Size }; Shelf.Keep(file); return file; }")]
    public Task A_reference_that_may_be_its_own(string preserve, string retrieve) => VerifyAsync(preserve, retrieve: retrieve, finish: "void Finish(Disk? file) => file?.Put();");

    // A method of the handler is seen, and takes none.
    [Fact]
    public Task A_file_that_is_given_to_a_method_of_the_handler() => VerifyAsync(
        "void Preserve(Disk file, out DiskState state) => state = new DiskState { Size = Measure(file) }; private static ulong Measure(Disk file) => file.Size;",
        finish: "void Finish(Disk? file) => file?{|LUO4019:.Put()|};");

    private static Task VerifyAsync(
        string preserve = "void Preserve(Disk file, out DiskState state) => state = new DiskState { Size = file.Size };",
        string unpreserve = "void Unpreserve() { }",
        string retrieve = "Disk Retrieve(in DiskState state) => new Disk { Size = state.Size };",
        string finish = "void Finish() { }") => FlowSource.VerifyAsync(FlowSource.Plain(preserve: preserve, unpreserve: unpreserve, retrieve: retrieve, finish: finish, other: """
        private readonly LuoFile _other = new Disk();
        private readonly List<Disk> _all = [];
        """) + "public static class Shelf { public static List<Disk> Kept { get; } = []; public static void Keep(Disk file) { file.Get(); Kept.Add(file); } }");
}
