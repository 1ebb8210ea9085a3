namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO4015 in detail: tests for what is never given.</summary>
public sealed class ImpossibleTestTests
{
    [Theory]
    [InlineData("KhoRange range = kho.FindInherited(address); if ({|LUO4015:range == default|}) Give();")]
    [InlineData("KhoRange range = kho.FindInherited(address); if ({|LUO4015:default != range|}) Give();")]
    [InlineData("KhoRange range = kho.FindInherited(address); if ({|LUO4015:range.Equals(default)|}) Give();")]
    [InlineData("KhoRange range = kho.FindPreserved(address); if ({|LUO4015:range.Address.IsNull|}) Give();")]
    [InlineData("KhoRange range = kho.FindPreserved(address); if (!({|LUO4015:range.Address.IsNull|})) Give();")]
    [InlineData("KhoRange range = kho.FindPreserved(address); if (count == 0 || {|LUO4015:range.Address == PhysicalAddress.Null|}) Give();")]
    [InlineData("KhoRange range = kho.FindPreserved(address); if ({|LUO4015:range.Address.Value == 0|} && count == 0) Give();")]
    [InlineData("KhoRange range = kho.FindPreserved(address); if ({|LUO4015:range.Address.Pfn.Value is 0|}) Give();")]
    [InlineData("if ({|LUO4015:kho.FindPreserved(address).Address.Value is not 0|}) Give();")]
    [InlineData("if ({|LUO4015:dependency.GetFile(5) is null|}) Give();")]
    [InlineData("if ({|LUO4015:dependency.GetFile(5) == null|}) Give();")]
    [InlineData("using var scope = new PreservationScope(kho); if ({|LUO4015:scope.AllocatePreserved(4096) == default|}) Give();")]
    [InlineData("KhoRange range = kho.FindPreserved(address); if ({|LUO4015:range.Address.Value == 0UL|}) Give();")]
    public Task Tests_that_find_nothing(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("bool found = kho.TryFindInherited(address, out KhoRange range); if (!found || range == default) Give();")]
    [InlineData("KhoRange range = kho.FindInherited(address); if (count > 5) range = default; if (range == default) Give();")]
    [InlineData("KhoRange range = kho.FindInherited(address); _ = kho.TryFindInherited(address, out range); if (range == default) Give();")]
    [InlineData("KhoRange range = default; if (range == default) Give();")]
    [InlineData("KhoRange range = count > 5 ? kho.FindInherited(address) : default; if (range == default) Give();")]
    [InlineData("KhoRange range = kho.FindInherited(address); if (range.Address.Value == 4096) Give();")]
    [InlineData("KhoRange range = kho.FindInherited(address); if (range.ByteCount == 0) Give();")]
    [InlineData("KhoRange range = kho.FindInherited(address); if (range.Address.IsPageAligned) Give();")]
    [InlineData("KhoRange range = kho.FindInherited(address); bool isNull = range.Address.IsNull; Console.WriteLine(isNull);")]
    [InlineData("if (address.IsNull || address == default || address.Value == 0) Give();")]
    [InlineData("if (new Own().FindInherited(address) == default) Give();")]
    [InlineData("if (new Own().IsNull) Give();")]
    [InlineData("KhoRange range = kho.FindInherited(address); if (kho.GetSpan(range) == default) Give();")]
    [InlineData("if (kernel.GetFile(5) is null) Give();")]
    public Task Tests_that_may_find_something(string body) => VerifyAsync(body);

    private static Task VerifyAsync(string body) => FlowSource.VerifyAsync(FlowSource.Code($$"""
        public static class Program
        {
            public static void Run(IKho kho, PhysicalAddress address, int count, IncomingDependency<Disk> dependency, Kernel kernel) { {{body}} }
            private static void Give() { }
        }
        """) + Own);

    private const string Own = """
        public sealed class Own
        {
            public bool IsNull => true;
            public KhoRange FindInherited(PhysicalAddress address) => default;
        }

        """;
}
