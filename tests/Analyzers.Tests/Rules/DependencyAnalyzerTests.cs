namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO2030 and LUO2031: what is wrong with the files that others depend on.</summary>
public sealed class DependencyAnalyzerTests
{
    private const string Take = "void Preserve(Disk file, out DiskState state, OutgoingDependency<Tape> tapes) => state = default;";

    [Theory]
    [InlineData("DependsOn<Tape>", Take, null)]
    [InlineData("DependsOn<Tape>", Take, "Disk Retrieve(IncomingDependency<Tape> tapes, in DiskState state) => new();")]
    [InlineData("DependsOn<Tape>, DependsOn<LuoFile>", "void Preserve(OutgoingDependency<LuoFile> any, out DiskState state, OutgoingDependency<Tape> tapes) => state = default;", null)]
    public Task Right(string attributes, string preserve, string? retrieve) => VerifyAsync(attributes, preserve, retrieve);

    [Theory]
    [InlineData("{|LUO2031:DependsOn<Pins>|}", HandlerSource.Preserve, null)]
    [InlineData("DependsOn<Tape>, {|LUO2031:DependsOn<Tape>|}", Take, null)]
    [InlineData("{|LUO2031:DependsOn<Tape>|}", HandlerSource.Preserve, null)]
    [InlineData("{|LUO2031:DependsOn<LuoFile>|}, DependsOn<Tape>", Take, null)]
    [InlineData(null, "void Preserve(Disk file, out DiskState state, OutgoingDependency<Tape> {|LUO2031:tapes|}) => state = default;", null)]
    [InlineData("DependsOn<Tape>", Take, "Disk Retrieve(in DiskState state, IncomingDependency<Disk> {|LUO2031:disks|}) => new();")]
    [InlineData("DependsOn<Tape>", Take, "Disk Retrieve(in DiskState state, OutgoingDependency<Tape> {|LUO2002:tapes|}) => new();")]
    [InlineData("DependsOn<Tape>", "void Preserve(Disk file, out DiskState state, OutgoingDependency<Tape> tapes, OutgoingDependency<Tape> {|LUO2007:more|}) => state = default;", null)]
    [InlineData("DependsOn<Tape>", "void Preserve(Disk file, out DiskState state, in OutgoingDependency<Tape> {|LUO2006:tapes|}) => state = default;", null)]
    public Task LUO2031_wrong(string? attributes, string preserve, string? retrieve) => VerifyAsync(attributes, preserve, retrieve);

    [Fact]
    public Task An_FLB_has_no_session() => new HandlerAnalyzerTest<FlbBindingAnalyzer>
    {
        TestCode = FlbSource.With(preserve: "Bus Preserve(out DiskState state, OutgoingDependency<Disk> {|LUO2002:disks|}) { state = default; return new(); }"),
    }.RunAsync(TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("{|LUO2030:DependsOn<Disk>|}", null, null)]
    [InlineData("DependsOn<LuoFile>", null, null)]
    [InlineData("{|LUO2030:DependsOn<Tape>|}, DependsOn<LuoFile>", "{|LUO2030:DependsOn<Disk>|}, DependsOn<LuoFile>", null)]
    [InlineData("{|LUO2030:DependsOn<Tape>|}", "{|LUO2030:DependsOn<Disk>|}", null)]
    [InlineData("{|LUO2030:DependsOn<Tape>|}", "{|LUO2030:DependsOn<Reel>|}", "{|LUO2030:DependsOn<Disk>|}")]
    [InlineData("{|LUO2030:DependsOn<Tape>|}", "{|LUO2030:DependsOn<Disk>|}, DependsOn<Reel>", null)]
    [InlineData("DependsOn<Tape>", "{|LUO2030:DependsOn<Reel>|}", "{|LUO2030:DependsOn<Tape>|}")]
    [InlineData("DependsOn<Tape>, DependsOn<Reel>", "DependsOn<Reel>", null)]
    [InlineData("DependsOn<Tape>", null, null)]
    public Task LUO2030_circles(string? disk, string? tape, string? reel)
    {
        string source = HandlerSource.Usings + HandlerSource.Types + "public sealed class Reel : LuoFile { }\n"
            + Handler("Disk", disk) + Handler("Tape", tape) + Handler("Reel", reel);
        return new HandlerAnalyzerTest<DependencyCycleAnalyzer> { TestCode = source }.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Broken_code_is_no_failure()
    {
        string source = HandlerSource.With(preserve: Take, attribute: "LiveUpdateFileHandler(\"disk-v1\"), DependsOn<Tape>");
        Assert.Empty(await HandlerCompilation.FindRejectionsAsync(HandlerCompilation.Create(source)));
        for (int length = source.Length; length > HandlerSource.Usings.Length; length -= 7)
            Assert.DoesNotContain(await HandlerCompilation.AnalyzeAsync(HandlerCompilation.Create(source[..length])), diagnostic => !diagnostic.Id.StartsWith("LUO", StringComparison.Ordinal));
    }

    private static string Handler(string file, string? attributes)
    {
        string[] needed = attributes is null ? [] : [.. attributes.Split("DependsOn<").Skip(1).Select(part => part[..part.IndexOf('>', StringComparison.Ordinal)])];
        string parameters = string.Concat(needed.Select((type, index) => $", OutgoingDependency<{type}> needed{index}"));
        return $$"""
            [LiveUpdateFileHandler("{{file}}-v1"){{(attributes is null ? "" : ", " + attributes)}}]
            public sealed partial class {{file}}Handler
            {
                bool CanPreserve({{file}} file) => true;
                void Preserve({{file}} file, out DiskState state{{parameters}}) => state = default;
                void Unpreserve() { }
                {{file}} Retrieve(in DiskState state) => new();
                void Finish() { }
            }

            """;
    }

    private static Task VerifyAsync(string? attributes, string preserve, string? retrieve) => new HandlerAnalyzerTest<HandlerBindingAnalyzer>
    {
        TestCode = HandlerSource.With(
            preserve: preserve,
            retrieve: retrieve ?? HandlerSource.Retrieve,
            attribute: "LiveUpdateFileHandler(\"disk-v1\")" + (attributes is null ? "" : ", " + attributes)),
    }.RunAsync(TestContext.Current.CancellationToken);
}
