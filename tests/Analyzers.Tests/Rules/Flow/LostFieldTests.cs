namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO4011 in detail: what writes a variable of the handler.</summary>
public sealed class LostFieldTests
{
    [Theory]
    [InlineData("Set(out _size);", "new Disk { Size = {|LUO4011:_size|} }")]
    [InlineData("Change(ref _size);", "new Disk { Size = {|LUO4011:_size|} }")]
    [InlineData("_array[1] = file.Size;", "new Disk { Size = {|LUO4011:_array|}[1] }")]
    [InlineData("_size += file.Size;", "new Disk { Size = {|LUO4011:_size|} }")]
    [InlineData("_sizes.Add(1);", "new Disk { Size = {|LUO4011:_sizes|}.ToArray()[0] }")]
    [InlineData("_size++;", "Adder.WriteAll({|LUO4011:_size|})")]
    [InlineData("_tags = new Tags();", "new Disk { Segment = {|LUO4011:_tags|}.Contains(1) ? 1 : 0 }")]
    public Task Written(string inPreserve, string retrieved) => VerifyAsync(inPreserve, retrieved);

    [Theory]
    [InlineData("_size = file.Size;", "new Disk { Size = _count }")]
    [InlineData("ulong size = 0; size = _size; _ = size;", "new Disk { Size = _size }")]
    [InlineData("Look(in _size);", "new Disk { Size = _size }")]
    [InlineData("_ = _list.Contains(1);", "new Disk { Size = _list[0] }")]
    [InlineData("_list.Clear();", "new Disk { Size = _list[0] }")]
    [InlineData("ulong size = 0; size = _list[0]; _ = size;", "new Disk { Size = _list[0] }")]
    [InlineData("_adder.Add(1);", "new Disk { Size = _adder.Sum }")]
    [InlineData("_adder[1] = 1;", "new Disk { Size = _adder.Sum }")]
    [InlineData("ulong size = 0; size = _array[0]; _ = size;", "new Disk { Size = _array[0] }")]
    [InlineData("ulong[] sizes = [1, 2]; sizes[_size] = 1; _ = sizes;", "new Disk { Size = _size }")]
    [InlineData("var other = new DiskHandler(); other._size = file.Size; _ = other;", "new Disk { Size = _size }")]
    [InlineData("Computed = file.Size;", "new Disk { Size = Computed }")]
    public Task Not_written(string inPreserve, string retrieved) => VerifyAsync(inPreserve, retrieved);

    private static Task VerifyAsync(string inPreserve, string retrieved) => FlowSource.VerifyAsync(FlowSource.Plain(
        preserve: $"void Preserve(Disk file, out DiskState state) {{ {inPreserve} state = new DiskState {{ Size = file.Size }}; }}",
        retrieve: $"Disk Retrieve(in DiskState state) => {retrieved};",
        other: """
            private ulong _size;
            private readonly ulong _count = 5;
            private readonly List<ulong> _sizes = [];
            private Tags _tags = new();
            private sealed class Tags { public bool Contains(int number) => number == 1; }
            private readonly List<ulong> _list = [1];
            private readonly ulong[] _array = [1, 2];
            private readonly Adder _adder = new();
            private static ulong Computed { get => 1; set => _ = value; }
            private static void Set(out ulong size) => size = 1;
            private static void Change(ref ulong size) => size++;
            private static void Look(in ulong size) => _ = size;
            private sealed class Adder { public ulong Sum => 1; public ulong this[int index] { get => 1; set => _ = value; } public void Add(int number) => _ = number; public static Disk WriteAll(ulong size) => new() { Size = size }; }
            """));
}
