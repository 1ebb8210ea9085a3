using Microsoft.CodeAnalysis.Testing;

namespace LuoHandlers.Analyzers.Tests.Rules.Abi;

/// <summary>The lock files in detail: versions, readers and drafts that meet.</summary>
public sealed class AbiDetailsTests
{
    private const string Disk = AbiLockTest.Disk;

    [Theory]
    [InlineData("null!")]
    [InlineData("\"disk v1\"")]
    public Task What_no_lock_file_could_hold_needs_none(string compatible) => AbiLockTest.VerifyAsync(Handler(compatible), null, null);

    [Fact]
    public Task A_retired_version_is_no_matter_of_order() =>
        AbiLockTest.VerifyAsync(Handler("{|LUO3105:\"disk-v3\"|}"), Marked("LUO3102", "disk-v5"), "disk-v3 retired");

    [Fact]
    public Task An_older_version_may_be_added_beside_the_newest() =>
        AbiLockTest.VerifyAsync(Handler("\"disk-v4\"") + Second("\"disk-v2\""), Version("disk-v4"), Version("disk-v2"));

    [Fact]
    public Task Two_versions_may_be_added_at_once() => AbiLockTest.VerifyAsync(
        WithReader("\"disk-v3\"", "\"disk-v1\"") + Second("\"disk-v2\""), Disk, Version("disk-v2") + Version("disk-v3") + "disk-v3 retrieves disk-v1");

    [Theory]
    [InlineData("tape-v1")]
    [InlineData("disk-v3")]
    public Task Only_older_versions_of_the_same_are_to_be_read(string gone) =>
        AbiLockTest.VerifyAsync(Handler("\"disk-v2\""), Version("disk-v2") + Marked("LUO3102", gone), "");

    [Fact]
    public Task A_higher_version_of_another_string_hides_no_dropped_reader() =>
        AbiLockTest.VerifyAsync(Handler("{|LUO3108:\"disk-v2\"|}") + Second("\"tape-v9\""), Disk, Version("disk-v2") + Version("tape-v9"));

    [Fact]
    public Task A_struct_of_another_assembly_is_shown_at_the_field_that_has_it()
    {
        AbiLockTest test = new(
            Handler("\"disk-v1\"").Replace("public ulong Size, Position;", "public ulong Size; public Header {|LUO3103:Flags|};", StringComparison.Ordinal),
            """
            disk-v1 field 0000 8 u64 Size
            disk-v1 field 0008 16 struct Flags
            disk-v1 field 0008.0000 8 u64 Flags.Version
            disk-v1 field 0008.0008 8 struct Flags.Inner
            disk-v1 field 0008.0008.0000 8 s64 Flags.Inner.First
            disk-v1 handler memory 24
            """,
            "");
        test.TestState.AdditionalReferences.Add(HandlerCompilation
            .Create("public struct Header { public ulong Version; public Inner Inner; } public struct Inner { public ulong First; }").WithAssemblyName("Library").ToMetadataReference());
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task Nobody_declares_the_reader_of_what_is_not_declared() =>
        AbiLockTest.VerifyAsync(WithReader("{|LUO3101:\"disk-v2\"|}", "\"disk-v1\""), Disk, "");

    [Fact]
    public Task An_older_version_that_is_not_declared_is_told_once() =>
        AbiLockTest.VerifyAsync(WithReader("\"disk-v2\"", "{|LUO3101:\"disk-v1\"|}"), Version("disk-v2"), "");

    [Fact]
    public Task The_reader_of_a_draft_is_to_be_declared() =>
        AbiLockTest.VerifyAsync(WithReader("\"disk-v2\"", "{|LUO3101:\"disk-v1\"|}"), Version("disk-v2"), Disk);

    [Fact]
    public Task A_draft_of_a_shipped_string_declares_no_reader() =>
        AbiLockTest.VerifyAsync(WithReader("\"disk-v2\"", "{|LUO3101:\"disk-v1\"|}"), Disk + Version("disk-v2"), Marked("LUO3110", "disk-v2"));

    [Fact]
    public Task The_reader_that_is_gone_is_shown_in_its_line() => AbiLockTest.VerifyAsync(
        WithReader("\"disk-v2\"", "\"tape-v1\""), Version("disk-v2") + Version("tape-v1"), "disk-v2 retrieves tape-v1\n{|LUO3106:disk-v2 retrieves disk-v1|}");

    [Fact]
    public Task A_draft_that_says_too_much_is_told_once() =>
        AbiLockTest.VerifyAsync(WithMarkedState("LUO3106", Handler("\"disk-v2\"")), "", Version("disk-v2") + "disk-v2 retrieves disk-v1");

    [Fact]
    public Task A_draft_that_says_too_little_is_told() =>
        AbiLockTest.VerifyAsync(WithMarkedState("LUO3106", WithReader("\"disk-v2\"", "\"disk-v1\"")), Disk, Version("disk-v2"));

    [Theory]
    [InlineData("disk-v")]
    [InlineData("disk-v02")]
    public Task What_is_no_version_has_no_order(string compatible) =>
        AbiLockTest.VerifyAsync(Handler($"\"{compatible}\""), Marked("LUO3102", "disk-v5"), Version(compatible));

    [Theory]
    [InlineData("-v1", "-v1-v2")]
    [InlineData("disk-v7", "disk-v8")]
    public async Task The_next_version_is_told(string compatible, string next)
    {
        AbiLockTest test = new(
            Handler($"\"{compatible}\"").Replace("public ulong Size, Position;", "public ulong {|#0:Position|}, Size;", StringComparison.Ordinal), Version(compatible), "");
        test.ExpectedDiagnostics.Add(new DiagnosticResult(AbiCheck.Changed)
            .WithLocation(0).WithArguments(compatible, "'Position' was at offset 8 and is at offset 0", " (and 1 more change)", next));
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task A_fault_in_one_file_silences_the_other() =>
        AbiLockTest.VerifyAsync(Handler("\"disk-v1\"").Replace("Size, Position;", "Position, Size;", StringComparison.Ordinal), Disk, "{|LUO3110:nonsense|}");

    private static string Version(string compatible) => Disk.Replace("disk-v1", compatible, StringComparison.Ordinal);

    private static string Marked(string rule, string compatible) =>
        Version(compatible).Replace($"{compatible} field 0000 8 u64 Size", $"{{|{rule}:{compatible} field 0000 8 u64 Size|}}", StringComparison.Ordinal);

    private static string WithMarkedState(string rule, string source) => source.Replace("struct DiskState", $"struct {{|{rule}:DiskState|}}", StringComparison.Ordinal);

    private static string Handler(string compatible) => HandlerSource.With(attribute: $"LiveUpdateFileHandler({compatible})");

    private static string WithReader(string compatible, string older) => HandlerSource.With(
        attribute: $"LiveUpdateFileHandler({compatible})", other: $"[RetrievesFrom({older})] static DiskState Upgrade(in DiskState old) => old;");

    private static string Second(string compatible) => $$"""
        [LiveUpdateFileHandler({{compatible}})]
        public sealed partial class SecondHandler
        {
            {{HandlerSource.CanPreserve}}
            {{HandlerSource.Preserve}}
            {{HandlerSource.Unpreserve}}
            {{HandlerSource.Retrieve}}
            {{HandlerSource.Finish}}
        }
        """;
}
