using System.IO.Pipes;
using System.Text;

namespace LuoHandlers.Tool.Tests;

public sealed class AbiDiffTests : IDisposable
{
    private const string Disk = "disk-v1 field 0000 8 u64 Size\ndisk-v1 field 0008 8 u64 Position\ndisk-v1 handler memory 16\n";

    private readonly AbiFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Disk, Disk, 0, "")]
    [InlineData(Disk, Disk + "tape-v1 handler none\n", 0, "tape-v1: compatible: it is new")]
    [InlineData(Disk, "disk-v1 retired\n", 4, "disk-v1: needs review: it is retired")]
    [InlineData(Disk, "", 8, "disk-v1: incompatible: nothing retrieves it any more")]
    [InlineData(AbiFolder.Memfds, AbiFolder.Memfds, 0, "")]
    public void The_exit_code_says_what_became_of_strings(string before, string after, int code, string line) => Verify(before, after, code, line);

    [Theory]
    [InlineData("disk-v1 field 0000 8 u64 Position\ndisk-v1 field 0008 8 u64 Size\ndisk-v1 handler memory 16\n", 8, "'Position' was at offset 8 and is at offset 0")]
    [InlineData("disk-v1 field 0000 8 s64 Size\ndisk-v1 field 0008 8 u64 Position\ndisk-v1 handler memory 16\n", 8, "'Size' was u64 at offset 0 and is s64 at offset 0")]
    [InlineData("disk-v1 field 0000 8 u64 Length\ndisk-v1 field 0008 8 u64 Position\ndisk-v1 handler memory 16\n", 4, "'Size' is called 'Length'")]
    [InlineData("disk-v1 field 0000 8 u64 Length\ndisk-v1 field 0008 8 s64 Position\ndisk-v1 handler memory 16\n", 12, "'Size' is called 'Length'")]
    [InlineData(Disk + "disk-v1 semantics 1\n", 8, "its semantics was 0 and is 1")]
    [InlineData(Disk + "disk-v1 constant Magic u32 1\n", 4, "the constant 'Magic' is new")]
    [InlineData(Disk + "disk-v1 retrieves disk-v0\n", 0, "\"disk-v0\" is retrieved as well")]
    [InlineData("disk-v1 handler raw\n", 8, "its handle was memory and is raw")]
    public void The_exit_code_says_what_became_of_fields(string after, int code, string line) => Verify(Disk, after, code, line);

    [Fact]
    public void Assemblies_are_compared_like_lock_files()
    {
        const string Before = "field 0000 8 u64 Size\nfield 0008 8 u64 Position\nhandler memory 16";
        string first = _folder.WriteAssembly("First", ("disk-v1", Before), ("card-v1", "handler none"));
        string second = _folder.WriteAssembly("Second", ("disk-v1", "field 0000 4 u32 Size\nfield 0008 8 u64 Position\nhandler memory 16"), ("card-v1", "handler none"));
        ToolRun run = ToolRun.Start("abi", "diff", first, second);
        Assert.Equal((8, "disk-v1: incompatible: 'Size' was u64 at offset 0 and is u32 at offset 0"), (run.ExitCode, run.Text.TrimEnd()));
        Assert.Equal(8, ToolRun.Start("abi", "diff", _folder.WriteLock("lock.txt", Disk), second).ExitCode);
        Assert.Equal(0, ToolRun.Start("abi", "diff", first, first).ExitCode);
    }

    // As a shell gives what a command writes: luo abi diff <(git show …) LuoAbi.Shipped.txt
    [Fact]
    public void A_lock_file_may_come_out_of_a_pipe()
    {
        using var output = new AnonymousPipeServerStream(PipeDirection.In);
        using (var input = new AnonymousPipeClientStream(PipeDirection.Out, output.ClientSafePipeHandle))
            input.Write(Encoding.UTF8.GetBytes(AbiFolder.Header + Disk));
        string path = $"/proc/self/fd/{output.SafePipeHandle.DangerousGetHandle()}";
        ToolRun run = ToolRun.Start("abi", "diff", path, _folder.WriteLock("after", Disk));
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    [Fact]
    public void A_string_whose_layout_is_not_known_is_there_all_the_same()
    {
        string unknown = _folder.WriteAssembly("First", ("disk-v1", ""));
        Assert.Equal(0, ToolRun.Start("abi", "diff", unknown, unknown).ExitCode);
        Assert.Equal(4, ToolRun.Start("abi", "diff", unknown, _folder.WriteLock("lock.txt", Disk)).ExitCode);
        Assert.Equal(1, ToolRun.Start("abi", "header", unknown).ExitCode);
    }

    [Fact]
    public void An_assembly_of_other_code_says_nothing() =>
        Assert.Equal(0, ToolRun.Start("abi", "diff", typeof(object).Assembly.Location, typeof(object).Assembly.Location).ExitCode);

    [Theory]
    [InlineData("disk-v1", "field 0000 8 u64")]
    [InlineData("disk-v1", "no fact")]
    [InlineData("disk v1", "handler none")]
    [InlineData("disk-v1\n#define x", "handler none")]
    public void An_assembly_that_says_what_is_none_ends_with_1(string compatible, string description) =>
        Assert.Equal(1, ToolRun.Start("abi", "diff", _folder.WriteAssembly("First", (compatible, description)), _folder.WriteLock("lock.txt", Disk)).ExitCode);

    [Fact]
    public void A_broken_assembly_ends_with_1_wherever_it_is_broken()
    {
        byte[] image = File.ReadAllBytes(_folder.WriteAssembly("First", ("disk-v1", "field 0000 8 u64 Size\nhandler inline 8")));
        string path = _folder.GetPath("broken.dll");
        string file = _folder.WriteLock("lock.txt", Disk);
        for (int length = 2; length < image.Length; length += 7)
        {
            File.WriteAllBytes(path, image[..length]);
            Assert.InRange(ToolRun.Start("abi", "diff", path, file).ExitCode, 0, 12);
        }
        File.WriteAllBytes(path, image[..200]);
        Assert.Equal(1, ToolRun.Start("abi", "diff", path, file).ExitCode);
    }

    [Fact]
    public void A_file_of_another_kind_ends_with_1()
    {
        ToolRun run = ToolRun.Start("abi", "diff", _folder.WriteText("notes.txt", "hello\n"), _folder.WriteLock("lock.txt", Disk));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("notes.txt(1) does not begin with '!luo-abi 1'", run.Error);
    }

    [Theory]
    [InlineData("abi")]
    [InlineData("abi", "diff", "A")]
    [InlineData("abi", "header")]
    public void A_wrong_command_line_ends_with_2(params string[] arguments) => Assert.Equal(2, ToolRun.Start(arguments).ExitCode);

    private void Verify(string before, string after, int code, string line)
    {
        ToolRun run = ToolRun.Start("abi", "diff", _folder.WriteLock("before.txt", before), _folder.WriteLock("after.txt", after));
        Assert.Equal((code, ""), (run.ExitCode, run.Error));
        Assert.Contains(line, run.Text);
        Assert.Equal(line.Length == 0, run.Text.Length == 0);
    }
}
