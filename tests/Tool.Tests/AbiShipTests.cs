namespace LuoHandlers.Tool.Tests;

public sealed class AbiShipTests : IDisposable
{
    private const string Shipped = "LuoAbi.Shipped.txt";
    private const string Unshipped = "LuoAbi.Unshipped.txt";
    private const string Disk = "disk-v1 field 0000 8 u64 Size\ndisk-v1 handler inline 8\n";
    private const string Tape = "tape-v1 handler none\n";

    private readonly AbiFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_that_is_to_be_shipped_is_moved_to_where_the_order_wants_it()
    {
        _folder.WriteLock(Shipped, "# ours\n" + Tape);
        _folder.WriteLock(Unshipped, "# disk-v1: DiskHandler\n" + Disk + "zip-v1 handler raw\n");
        ToolRun run = ToolRun.Start("abi", "ship", _folder.Path);
        Assert.Equal((0, "", "disk-v1: shipped\nzip-v1: shipped\n"), (run.ExitCode, run.Error, run.Text.ReplaceLineEndings("\n")));
        Assert.Equal(AbiFolder.Header + "# ours\n# disk-v1: DiskHandler\n" + Disk + Tape + "zip-v1 handler raw\n", _folder.Read(Shipped));
        Assert.Equal(AbiFolder.Header, _folder.Read(Unshipped));
    }

    [Fact]
    public void Of_what_is_retired_only_the_tombstone_stays()
    {
        _folder.WriteLock(Shipped, Disk + Tape);
        _folder.WriteLock(Unshipped, "disk-v1 retired\n");
        Assert.Equal(0, ToolRun.Start("abi", "ship", _folder.Path).ExitCode);
        Assert.Equal(AbiFolder.Header + "disk-v1 retired\n" + Tape, _folder.Read(Shipped));
    }

    [Fact]
    public void The_first_release_makes_the_file()
    {
        _folder.WriteLock(Unshipped, Disk);
        Assert.Equal(0, ToolRun.Start("abi", "ship", _folder.Path).ExitCode);
        Assert.Equal(AbiFolder.Header + Disk, _folder.Read(Shipped));
    }

    [Fact]
    public void Shipping_again_changes_nothing()
    {
        _folder.WriteLock(Shipped, Disk);
        _folder.WriteLock(Unshipped, "");
        ToolRun run = ToolRun.Start("abi", "ship", _folder.Path);
        Assert.Equal((0, "Nothing was to be shipped."), (run.ExitCode, run.Text.TrimEnd()));
        Assert.Equal(AbiFolder.Header + Disk, _folder.Read(Shipped));
    }

    [Fact]
    public void A_folder_without_a_draft_is_said_to_be_the_wrong_one()
    {
        ToolRun run = ToolRun.Start("abi", "ship", _folder.Path);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"{_folder.Path}: there is no LuoAbi.Unshipped.txt here. Name the folder of the project", run.Error);
    }

    [Theory]
    [InlineData(Disk, "nonsense\n", "LuoAbi.Unshipped.txt(2)")]
    [InlineData("disk-v1 field\n", Tape, "LuoAbi.Shipped.txt(2)")]
    [InlineData(Disk, "<<<<<<< HEAD\n", "not finished")]
    [InlineData(Disk, Disk, "\"disk-v1\", which was shipped already")]
    [InlineData("disk-v1 retired\n", Disk, "\"disk-v1\", which was retired already")]
    public void What_is_not_right_is_not_shipped(string shipped, string unshipped, string message)
    {
        _folder.WriteLock(Shipped, shipped);
        _folder.WriteLock(Unshipped, unshipped);
        ToolRun run = ToolRun.Start("abi", "ship", _folder.Path);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(message, run.Error);
        Assert.Equal(AbiFolder.Header + shipped, _folder.Read(Shipped));
        Assert.Equal(AbiFolder.Header + unshipped, _folder.Read(Unshipped));
    }

    [Fact]
    public void A_folder_without_lock_files_ends_with_1() => Assert.Equal(1, ToolRun.Start("abi", "ship", _folder.Path).ExitCode);
}
