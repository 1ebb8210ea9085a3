namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO2013 in detail: what GetId may be made of.</summary>
public sealed class IdentityTests
{
    [Theory]
    [InlineData("ulong GetId(Disk file) => {|LUO2013:0|};")]
    [InlineData("ulong GetId(Disk file) { if (file.Size == 0) return {|LUO2013:7|}; return 7; }")]
    [InlineData("ulong GetId(Disk file) { if (file.Size == 0) return 6; return 7; }")]
    [InlineData("ulong GetId(Disk file) { if (file.Size == 0) return 7; return file.Serial; }")]
    [InlineData("ulong GetId(Disk file) => throw new InvalidOperationException();")]
    [InlineData("ulong GetId(Disk file) => {|LUO2013:_next++|};")]
    [InlineData("ulong GetId(Disk file) => {|LUO2013:--Last|} + file.Serial;")]
    [InlineData("ulong GetId(Disk file) { ulong id = {|LUO2013:_next++|}; return id; }")]
    [InlineData("ulong GetId(Disk file) => Next(); ulong Next() => {|LUO2013:_next++|};")]
    [InlineData("ulong GetId(Disk file) => {|LUO2013:Interlocked.Increment(ref _next)|};")]
    [InlineData("ulong GetId(Disk file) => (ulong){|LUO2013:file.Name.GetHashCode()|};")]
    [InlineData("ulong GetId(Disk file) => (ulong){|LUO2013:System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(file)|};")]
    [InlineData("ulong GetId(Disk file) => (ulong){|LUO2013:file.GetHashCode()|};")]
    [InlineData("ulong GetId(Disk file) => (ulong){|LUO2013:GetHashCode()|} + file.Serial;")]
    [InlineData("ulong GetId(Disk file) => BitConverter.ToUInt64({|LUO2013:Guid.NewGuid()|}.ToByteArray());")]
    [InlineData("ulong GetId(Disk file) => (ulong){|LUO2013:Random.Shared.Next()|};")]
    [InlineData("ulong GetId(Disk file) => (ulong){|LUO2013:System.Diagnostics.Stopwatch.GetTimestamp()|};")]
    [InlineData("ulong GetId(Disk file) { ulong id = {|LUO2013:_next++|}; return id + id; }")]
    public Task What_names_nothing(string getId) => VerifyAsync(getId);

    [Theory]
    [InlineData("ulong GetId(Disk file) { _next++; return file.Serial; }")]
    [InlineData("ulong GetId(Disk file) { Interlocked.Increment(ref _next); return file.Serial; }")]
    [InlineData("ulong GetId(Disk file) { ulong id = file.Serial; id++; return id; }")]
    [InlineData("ulong GetId(Disk file) { if (!_ids.TryGetValue(file, out ulong id)) _ids.Add(file, id = _next++); return id; }")]
    [InlineData("ulong GetId(Disk file) { if (_ids.ContainsKey(file)) return _ids[file]; _ids[file] = _next; return _next++; }")]
    [InlineData("ulong GetId(Disk file) => file.Position = _next++;")]
    [InlineData("ulong GetId(Disk file) => Keeper.Keep(file, _next++);")]
    [InlineData("ulong GetId(Disk file) => (ulong)file.Serial.GetHashCode();")]
    [InlineData("ulong GetId(Disk file) => (ulong)new Inode().GetHashCode() + file.Serial;")]
    [InlineData("ulong GetId(Disk file) => (ulong)new Inode().Next() + file.Serial;")]
    [InlineData("ulong GetId(Disk file) => (ulong)new Inode().Increment() + file.Serial;")]
    [InlineData("ulong GetId(Disk file) { ulong count = _next++; ulong id = file.Serial; Console.WriteLine(count); return id; }")]
    [InlineData("ulong GetId(Disk file) { ulong id; id = file.Serial; return id; }")]
    public Task What_may_name_the_file(string getId) => VerifyAsync(getId);

    private static Task VerifyAsync(string getId) => FlowSource.VerifyAsync(FlowSource.Plain(
        other: getId + "private ulong _next; private ulong Last { get; set; } private readonly Dictionary<Disk, ulong> _ids = []; private ulong Kept => _next + Last + (ulong)_ids.Count;") + """
        public static class Keeper { public static ulong Keep(Disk file, ulong id) => file.Serial + id; }
        public sealed class Inode { public override int GetHashCode() => 5; public override bool Equals(object? other) => false; public int Next() => 5; public int Increment() => 5; }

        """);
}
