using LuoHandlers.CodeFixes;

namespace LuoHandlers.Analyzers.Tests.Rules.Abi;

public sealed class LockCodeFixTests
{
    private const string Disk = AbiLockTest.Disk;
    private const string Tape = "tape-v1 field 0000 8 u64 Length\ntape-v1 handler inline 8\n";

    [Fact]
    public Task Both_files_are_made_with_all_that_there_is() =>
        From(Code("{|LUO3100:\"disk-v1\"|}", "\"tape-v1\""), null, null).ToAsync(Code("\"disk-v1\"", "\"tape-v1\""), "", Disk + Tape);

    [Fact]
    public Task What_is_missing_is_declared_and_Fix_All_does_it_once() =>
        From(Code("{|LUO3101:\"disk-v1\"|}", "{|LUO3101:\"tape-v1\"|}"), "# shipped\n", "# kept\n")
            .ToAsync(Code("\"disk-v1\"", "\"tape-v1\""), "# shipped\n", "# kept\n" + Disk + Tape);

    [Fact]
    public Task Lines_come_where_the_order_wants_them() =>
        From(Code("{|LUO3101:\"disk-v1\"|}", "\"tape-v1\"") + Card("\"card-v1\""), "", "card-v1 handler none\n" + Tape)
            .ToAsync(Code("\"disk-v1\"", "\"tape-v1\"") + Card("\"card-v1\""), "", "card-v1 handler none\n" + Disk + Tape);

    [Fact]
    public async Task Line_ends_are_kept()
    {
        var test = new AbiFixTest<LockCodeFixProvider> { TestCode = Code("{|LUO3101:\"disk-v1\"|}", "\"tape-v1\""), FixedCode = Code("\"disk-v1\"", "\"tape-v1\"") };
        test.TestState.AdditionalFiles.Add(("LuoAbi.Unshipped.txt", ("!luo-abi 1\n" + Tape).Replace("\n", "\r\n", StringComparison.Ordinal)));
        test.FixedState.AdditionalFiles.Add(("LuoAbi.Unshipped.txt", ("!luo-abi 1\n" + Disk + Tape).Replace("\n", "\r\n", StringComparison.Ordinal)));
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task A_draft_becomes_what_the_code_is() => From(
        WithState("public ulong {|LUO3106:Position|}; public uint Size, Flags;"), "", Disk).ToAsync(
        WithState("public ulong Position; public uint Size, Flags;"),
        "",
        "disk-v1 field 0000 8 u64 Position\ndisk-v1 field 0008 4 u32 Size\ndisk-v1 field 0012 4 u32 Flags\ndisk-v1 handler memory 16\n");

    [Fact]
    public Task Another_name_is_recorded() => From(
        WithState("public ulong {|LUO3104:Length|}, Position;"), Disk, "").ToAsync(
        WithState("public ulong Length, Position;"),
        Disk.Replace("Size", "Length", StringComparison.Ordinal),
        "");

    [Fact]
    public Task A_dropped_reader_can_be_retired() => From(
        Code("{|LUO3108:\"disk-v2\"|}", "\"tape-v1\""), Disk + Tape, Disk.Replace("-v1", "-v2", StringComparison.Ordinal)).ToAsync(
        Code("\"disk-v2\"", "\"tape-v1\""), Disk + Tape, "disk-v1 retired\n" + Disk.Replace("-v1", "-v2", StringComparison.Ordinal));

    [Fact]
    public Task A_reader_is_declared() => From(
        Reader("{|LUO3101:\"disk-v1\"|}"), Disk.Replace("-v1", "-v2", StringComparison.Ordinal), "").ToAsync(
        Reader("\"disk-v1\""), Disk.Replace("-v1", "-v2", StringComparison.Ordinal), Disk + "disk-v2 retrieves disk-v1\n");

    [Fact]
    public async Task A_string_that_is_gone_is_retired_from_its_line()
    {
        string fixedText = await TextDocumentFix.ApplyAsync(
            new LockCodeFixProvider(), RuleIds.AbiGone, Code("\"disk-v1\"", "\"tape-v1\""), "!luo-abi 1\n" + Disk + Tape + Tape.Replace("-v1", "-v9", StringComparison.Ordinal).Replace("tape", "card", StringComparison.Ordinal), "!luo-abi 1\n");
        Assert.Equal("!luo-abi 1\ncard-v9 retired\n", fixedText);
    }

    [Fact]
    public async Task A_draft_of_nothing_is_removed_from_its_line()
    {
        string fixedText = await TextDocumentFix.ApplyAsync(
            new LockCodeFixProvider(), RuleIds.AbiDraftDrifted, Code("\"disk-v1\"", "\"tape-v1\""), "!luo-abi 1\n" + Disk, "!luo-abi 1\ncard-v1 handler none\n" + Tape);
        Assert.Equal("!luo-abi 1\n" + Tape, fixedText);
    }

    private static AbiFixTest<LockCodeFixProvider> From(string code, string? shipped, string? unshipped) => AbiFixTest<LockCodeFixProvider>.From(code, shipped, unshipped);

    private static string WithState(string fields) => HandlerSource.With(attribute: "LiveUpdateFileHandler(\"disk-v1\")")
        .Replace("public struct DiskState { public ulong Size, Position; }", $"public struct DiskState {{ {fields} }}", StringComparison.Ordinal);

    private static string Reader(string older) => HandlerSource.With(
        attribute: "LiveUpdateFileHandler(\"disk-v2\")", other: $"[RetrievesFrom({older})] static DiskState Upgrade(in DiskState old) => old;");

    private static string Code(string disk, string tape) => HandlerSource.With(attribute: $"LiveUpdateFileHandler({disk})") + $$"""
        [LiveUpdateFileHandler({{tape}})]
        public sealed partial class TapeHandler
        {
            bool CanPreserve(Tape file) => true;
            void Preserve(Tape file, out TapeState state) => state = default;
            void Unpreserve(Tape file) { }
            Tape Retrieve(in TapeState state) => new();
            void Finish(Tape? file) { }
        }

        """;

    private static string Card(string card) => $$"""
        public sealed class Card : LuoFile;
        [LiveUpdateFileHandler({{card}})]
        public sealed partial class CardHandler
        {
            bool CanPreserve(Card file) => true;
            void Preserve(Card file) { }
            void Unpreserve(Card file) { }
            Card Retrieve() => new();
            void Finish(Card? file) { }
        }

        """;
}
