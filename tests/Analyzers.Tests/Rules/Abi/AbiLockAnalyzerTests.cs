namespace LuoHandlers.Analyzers.Tests.Rules.Abi;

public sealed class AbiLockAnalyzerTests
{
    private const string Disk = AbiLockTest.Disk;

    [Fact]
    public Task Who_has_no_lock_file_is_told_so_once_and_nothing_else() =>
        AbiLockTest.VerifyAsync(Handler("{|LUO3100:\"disk-v1\"|}") + Second("\"tape-v1\""), null, null);

    [Fact]
    public Task Who_has_no_handler_is_told_nothing() => AbiLockTest.VerifyAsync(HandlerSource.Usings + HandlerSource.Types, null, null);

    [Theory]
    [InlineData("", "")]
    [InlineData("", null)]
    [InlineData(null, "")]
    public Task What_is_in_no_file_is_to_be_declared(string? shipped, string? unshipped) =>
        AbiLockTest.VerifyAsync(Handler("{|LUO3101:\"disk-v1\"|}"), shipped, unshipped);

    [Theory]
    [InlineData(Disk, "")]
    [InlineData("", Disk)]
    [InlineData(Disk, null)]
    [InlineData("# DiskHandler\n\n" + Disk, "")]
    public Task What_is_declared_is_left_alone(string? shipped, string? unshipped) =>
        AbiLockTest.VerifyAsync(Handler("\"disk-v1\""), shipped, unshipped);

    [Fact]
    public Task The_order_of_lines_and_their_ends_do_not_matter() =>
        AbiLockTest.VerifyAsync(Handler("\"disk-v1\""), string.Join("\r\n", Disk.Split('\n').Reverse()), "");

    [Theory]
    [InlineData("public ulong {|LUO3103:Position|}; public ulong Size;")]
    [InlineData("public uint {|LUO3103:Size|}; public uint Other; public ulong Position;")]
    [InlineData("public ulong Size; public long {|LUO3103:Position|};")]
    [InlineData("public ulong Size, Position, {|LUO3103:More|};")]
    [InlineData("public ulong {|LUO3103:More|}, Size, Position;")]
    public Task A_field_that_changes_is_an_error_at_that_field(string fields) => AbiLockTest.VerifyAsync(WithState(fields), Disk, "");

    [Fact]
    public Task A_field_that_is_gone_is_an_error_at_the_state() =>
        AbiLockTest.VerifyAsync(WithState("public ulong Size;").Replace("struct DiskState", "struct {|LUO3103:DiskState|}", StringComparison.Ordinal), Disk, "");

    [Fact]
    public Task Both_offsets_are_named() => VerifyMessageAsync(
        WithState("public ulong {|#0:Position|}; public ulong Size;"),
        Disk,
        AbiCheck.Changed,
        ["disk-v1", "'Position' was at offset 8 and is at offset 0", " (and 1 more change)", "disk-v2"]);

    [Fact]
    public Task Another_name_is_no_error() => AbiLockTest.VerifyAsync(WithState("public ulong {|LUO3104:Length|}; public ulong Position;"), Disk, "");

    [Fact]
    public Task Another_name_of_the_types_is_nothing_at_all() => AbiLockTest.VerifyAsync(
        Handler("\"disk-v1\"").Replace("DiskState", "OtherState", StringComparison.Ordinal).Replace("DiskHandler", "OtherHandler", StringComparison.Ordinal), Disk, "");

    [Fact]
    public Task Reserved_bytes_may_be_used() => AbiLockTest.VerifyAsync(
        WithState("public ulong Size, Position; public uint {|LUO3104:Flags|}; public uint Reserved;"),
        """
        disk-v1 field 0000 8 u64 Size
        disk-v1 field 0008 8 u64 Position
        disk-v1 field 0016 8 u64 Reserved
        disk-v1 handler memory 24
        """,
        "");

    [Theory]
    [InlineData("enum Kind : uint { None, Raw }", "None = 0, Raw = 1", "public Kind Kind; public uint Flags;")]
    [InlineData("enum Kind : uint { Raw, None }", "None = 0, Raw = 1", "public Kind {|LUO3103:Kind|}; public uint Flags;")]
    [InlineData("enum Kind : uint { None }", "None = 0, Raw = 1", "public Kind {|LUO3103:Kind|}; public uint Flags;")]
    [InlineData("enum Kind : int { None, Raw }", "None = 0, Raw = 1", "public Kind {|LUO3103:Kind|}; public uint Flags;")]
    [InlineData("enum Kind : uint { None, Raw, Thin }", "None = 0, Raw = 1", "public Kind {|LUO3104:Kind|}; public uint Flags;")]
    [InlineData("enum Kind : uint { None, Plain }", "None = 0, Raw = 1", "public Kind {|LUO3104:Kind|}; public uint Flags;")]
    public Task Members_of_enums_are_part_of_it(string declaration, string values, string fields) => AbiLockTest.VerifyAsync(
        WithState(fields) + $"public {declaration}",
        "disk-v1 field 0000 4 u32 Kind\ndisk-v1 field 0004 4 u32 Flags\ndisk-v1 handler inline 8\n"
        + string.Join("\n", values.Split(", ").Select(value => value.Split(" = ")).Select(value => $"disk-v1 value 0000 {value[1]} Kind.{value[0]}")),
        "");

    [Fact]
    public Task A_change_in_a_struct_inside_is_an_error_there() => AbiLockTest.VerifyAsync(
        WithState("public Header Header; public KhoVmalloc<Entry> Entries;")
        + "public struct Header { public ulong Version; } public record struct Entry(ulong {|LUO3103:Index|}, ulong Word);",
        """
        disk-v1 field 0000 8 struct Header
        disk-v1 field 0000.0000 8 u64 Header.Version
        disk-v1 field 0008 16 vmalloc Entries
        disk-v1 field 0008[] 16 struct Entries[]
        disk-v1 field 0008[].0000 8 u64 Entries[].Word
        disk-v1 field 0008[].0008 8 u64 Entries[].Index
        disk-v1 handler memory 24
        """,
        "");

    [Fact]
    public Task Another_meaning_needs_another_version() => AbiLockTest.VerifyAsync(
        Handler("\"disk-v1\"").Replace("[PreservedState] public struct DiskState", "[PreservedState(Semantics = 1)] public struct {|LUO3103:DiskState|}", StringComparison.Ordinal), Disk, "");

    [Fact]
    public Task A_constant_is_to_be_reviewed() => AbiLockTest.VerifyAsync(
        WithState("public ulong Size, Position; [AbiConstant] public const uint Magic = 2;").Replace("struct DiskState", "struct {|LUO3104:DiskState|}", StringComparison.Ordinal),
        Disk + "disk-v1 constant Magic u32 1",
        "");

    [Fact]
    public Task An_FLB_is_locked_as_well() => AbiLockTest.VerifyAsync(
        HandlerSource.Usings + """
        public sealed class Table { }
        [PreservedState] public struct TableState { public uint {|LUO3103:Count|}; public uint Flags; }
        [LiveUpdateFlb("table-v1")] public sealed partial class TableFlb
        {
            Table Preserve(out TableState state) { state = default; return new(); }
            void Unpreserve(Table value) { }
            Table Retrieve(in TableState state) => new();
            void Finish(Table value) { }
        }
        """,
        "table-v1 field 0000 4 u32 Flags\ntable-v1 field 0004 4 u32 Count\ntable-v1 flb inline 8",
        "");

    [Fact]
    public Task A_draft_may_change_with_a_warning() => AbiLockTest.VerifyAsync(WithState("public ulong {|LUO3106:Position|}; public ulong Size;"), "", Disk);

    [Fact]
    public Task A_draft_that_nothing_is_like_any_more_is_a_warning_in_the_file() =>
        AbiLockTest.VerifyAsync(Handler("\"disk-v1\""), Disk, "{|LUO3106:tape-v1 field 0000 8 u64 Length|}\ntape-v1 handler inline 8");

    [Fact]
    public Task A_string_that_is_gone_is_an_error_in_the_file() =>
        AbiLockTest.VerifyAsync(Handler("\"disk-v1\""), Disk + "{|LUO3102:tape-v1 field 0000 8 u64 Length|}\ntape-v1 handler inline 8", "");

    [Fact]
    public Task A_string_that_is_gone_may_be_retired() =>
        AbiLockTest.VerifyAsync(Handler("\"disk-v1\""), Disk + "tape-v1 field 0000 8 u64 Length\ntape-v1 handler inline 8", "tape-v1 retired");

    [Theory]
    [InlineData("disk-v1 retired", "")]
    [InlineData("", "disk-v1 retired")]
    [InlineData(Disk, "disk-v1 retired")]
    public Task A_retired_string_must_not_come_back(string shipped, string unshipped) =>
        AbiLockTest.VerifyAsync(Handler("{|LUO3105:\"disk-v1\"|}"), shipped, unshipped);

    [Fact]
    public Task A_reader_that_was_dropped_is_an_error_at_the_newer_string() =>
        AbiLockTest.VerifyAsync(Handler("{|LUO3108:\"disk-v2\"|}"), Disk, Disk.Replace("-v1", "-v2", StringComparison.Ordinal));

    [Fact]
    public Task A_reader_that_is_there_is_enough() => AbiLockTest.VerifyAsync(
        WithReader("\"disk-v2\"", "\"disk-v1\""), Disk, Disk.Replace("-v1", "-v2", StringComparison.Ordinal) + "disk-v2 retrieves disk-v1");

    [Fact]
    public Task What_a_reader_reads_is_locked_as_well() => AbiLockTest.VerifyAsync(
        WithReader("\"disk-v2\"", "\"disk-v1\"").Replace("ulong Size, Position", "ulong {|LUO3103:Position|}, Size", StringComparison.Ordinal),
        Disk,
        "disk-v2 field 0000 8 u64 Position\ndisk-v2 field 0008 8 u64 Size\ndisk-v2 handler memory 16\ndisk-v2 retrieves disk-v1");

    [Fact]
    public Task A_reader_is_to_be_declared() =>
        AbiLockTest.VerifyAsync(WithReader("\"disk-v2\"", "{|LUO3101:\"disk-v1\"|}"), Disk + Disk.Replace("-v1", "-v2", StringComparison.Ordinal), "");

    [Fact]
    public Task Handlers_of_both_versions_are_no_mistake() => AbiLockTest.VerifyAsync(
        Handler("\"disk-v2\"") + Second("\"disk-v1\""), Disk + Disk.Replace("-v1", "-v2", StringComparison.Ordinal), "");

    [Theory]
    [InlineData("disk-v3", "disk-v1")]
    [InlineData("disk-v2", "disk-v3")]
    public async Task Versions_are_counted_up_by_one(string compatible, string shipped)
    {
        AbiLockTest test = new(
            WithReader($"{{|#0:\"{compatible}\"|}}", $"\"{shipped}\""),
            Disk.Replace("disk-v1", shipped, StringComparison.Ordinal),
            Disk.Replace("disk-v1", compatible, StringComparison.Ordinal) + $"{compatible} retrieves {shipped}");
        test.ExpectedDiagnostics.Add(new Microsoft.CodeAnalysis.Testing.DiagnosticResult(compatible == "disk-v3" ? AbiCheck.Skipped : AbiCheck.Lowered)
            .WithLocation(0).WithArguments(compatible, shipped, compatible == "disk-v3" ? "disk-v2" : "disk-v4"));
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("disk-v2", "")]
    [InlineData("disk-v7", "tape-v1 retired")]
    [InlineData("disk-v3", "disk-v2 retired\ndisk-v1 retired")]
    public Task The_first_version_may_be_any(string compatible, string shipped) =>
        AbiLockTest.VerifyAsync(Handler($"\"{compatible}\""), shipped, Disk.Replace("disk-v1", compatible, StringComparison.Ordinal));

    [Theory]
    [InlineData("{|LUO3110:nonsense|}")]
    [InlineData("{|LUO3110:disk-v1 nonsense|}")]
    [InlineData("{|LUO3110:disk-v1 handler memory|}")]
    [InlineData("{|LUO3110:disk-v1 field 0000 8 u64 Size|}")]
    [InlineData("disk-v1 handler memory 16\n{|LUO3110:disk-v1 field 0000 8 u32 Size|}")]
    [InlineData("disk-v1 handler memory 16\n{|LUO3110:disk-v1 field 0012 8 u64 Size|}")]
    [InlineData("disk-v1 handler memory 16\n{|LUO3110:disk-v1 field 0000.0000 8 u64 Header.Size|}")]
    [InlineData("disk-v1 handler memory 16\n{|LUO3110:disk-v1 field 0000 16 vmalloc Pages|}")]
    [InlineData("disk-v1 handler memory 16\n{|LUO3110:disk-v1 value 0000 1 Kind.Raw|}")]
    [InlineData("disk-v1 handler memory 16\n{|LUO3110:disk-v1 semantics none|}")]
    [InlineData("{|LUO3110:<<<<<<< HEAD|}\n" + Disk + "{|LUO3110:=======|}\n{|LUO3110:>>>>>>> branch|}")]
    [InlineData("{|LUO3110:!luo-abi 2|}")]
    public Task A_line_that_is_none_is_an_error_there_and_all_else_is_silent(string shipped) =>
        AbiLockTest.VerifyAsync(WithState("public ulong Position, Size;"), shipped, "");

    [Fact]
    public Task The_header_must_be_there()
    {
        AbiLockTest test = new(WithState("public ulong Position, Size;"), null, "");
        test.TestState.AdditionalFiles.Add(("/0/LuoAbi.Shipped.txt", "{|LUO3110:# nothing|}\n"));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task A_line_twice_is_a_warning_and_all_else_is_checked() =>
        AbiLockTest.VerifyAsync(WithState("public ulong {|LUO3103:Position|}, Size;"), Disk + "{|LUO3111:disk-v1 field 0000 8 u64 Size|}", "");

    [Fact]
    public Task A_draft_of_what_was_shipped_says_nothing() =>
        AbiLockTest.VerifyAsync(Handler("\"disk-v1\""), Disk, "{|LUO3110:disk-v1 field 0000 8 u64 Position|}\ndisk-v1 handler memory 16");

    [Fact]
    public Task A_state_whose_bytes_are_not_known_is_left_alone() => AbiLockTest.VerifyAsync(WithState("public string Text;"), Disk, "");

    [Fact]
    public Task A_handler_that_is_half_written_is_left_alone() =>
        AbiLockTest.VerifyAsync(HandlerSource.With(retrieve: null), Disk, "");

    private static async Task VerifyMessageAsync(string code, string shipped, Microsoft.CodeAnalysis.DiagnosticDescriptor descriptor, object[] arguments)
    {
        AbiLockTest test = new(code, shipped, "");
        test.ExpectedDiagnostics.Add(new Microsoft.CodeAnalysis.Testing.DiagnosticResult(descriptor).WithLocation(0).WithArguments(arguments));
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static string Handler(string compatible) => HandlerSource.With(attribute: $"LiveUpdateFileHandler({compatible})");

    private static string WithState(string fields) =>
        Handler("\"disk-v1\"").Replace("public struct DiskState { public ulong Size, Position; }", $"public struct DiskState {{ {fields} }}", StringComparison.Ordinal);

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
