using System.Text;

namespace LuoHandlers.Tool.Tests;

public sealed class InspectTests : IDisposable
{
    private const string Root = "0x48f000";

    private readonly ImageFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_JSON_of_a_real_image_is_its_description_byte_for_byte()
    {
        ToolRun run = ToolRun.Start("inspect", _folder.Image, "--json");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(Encoding.UTF8.GetString(ImageFolder.Description), run.Output);
    }

    [Theory]
    [InlineData("kho-v4, root at 0x48f000")]
    [InlineData("Linux 7.2.13, kernel 1 in a row")]
    [InlineData("luo-v5, live update 1")]
    [InlineData("51 ranges, 208896 bytes")]
    [InlineData("liveupdate-test-flb-v1  0xfeedf00dcafebee1  5")]
    [InlineData("\"vm-42\": 3 files")]
    [InlineData("\"empty-session\": 0 files")]
    [InlineData("memfd-v2    0x6ca000  65536  65535     All    16      9d4b90ad9fabb10e6743294027af69df5a10ed92cf601f926d888a2dd51230ce")]
    public void The_table_of_a_real_image_has_all_of_it(string expected)
    {
        ToolRun run = ToolRun.Start("inspect", _folder.Image);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(expected, run.Output);
    }

    [Fact]
    public void Plain_memory_is_read_from_its_base_with_and_without_the_root()
    {
        string path = _folder.GetPath("memory");
        ulong start = WriteRaw(path);
        string expected = ToolRun.Start("inspect", _folder.Image, "--json").Output;
        Assert.Equal(expected, ToolRun.Start("inspect", path, "--json", "--raw-base", $"0x{start:x}").Output);
        Assert.Equal(expected, ToolRun.Start("inspect", path, "--json", "--raw-base", $"{start}", "--root", Root).Output);
    }

    [Fact]
    public void What_is_no_image_ends_with_1_and_the_field()
    {
        string path = _folder.GetPath("text");
        File.WriteAllText(path, new string('x', 1000));
        ToolRun run = ToolRun.Start("inspect", path);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("the ELF header at file offset 0x0 has no ELF magic", run.Error);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void A_truncated_image_ends_with_1_and_the_field()
    {
        using (FileStream file = File.OpenWrite(_folder.Image))
            file.SetLength(100_000);
        ToolRun run = ToolRun.Start("inspect", _folder.Image, "--json");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("p_filesz", run.Error);
        Assert.Contains("truncated", run.Error);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void An_image_that_contradicts_itself_ends_with_1_the_address_and_the_field()
    {
        // The number of entries in the block of sessions, which is at 0x4d6000 or wherever the name of the first one is.
        byte[] image = File.ReadAllBytes(_folder.Image);
        int block = image.AsSpan().IndexOf("vm-42\0"u8) - 16;
        image[block + 8] = 200;
        File.WriteAllBytes(_folder.Image, image);
        ToolRun run = ToolRun.Start("inspect", _folder.Image);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("counts 200 entries, where 1 to 51 are possible", run.Error);
        Assert.Matches("The block at 0x[0-9a-f]+000", run.Error);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Text_of_an_image_cannot_steer_the_terminal(bool isBroken)
    {
        byte[] image = File.ReadAllBytes(_folder.Image);
        int entry = image.AsSpan().IndexOf("vm-42\0"u8);
        image[entry + 2] = 0x1b;
        // The number of the session's files: too many for what is there.
        if (isBroken)
            image[entry + 72] = 99;
        File.WriteAllBytes(_folder.Image, image);
        ToolRun run = ToolRun.Start("inspect", _folder.Image);
        Assert.Equal(isBroken ? 1 : 0, run.ExitCode);
        Assert.Contains("vm\ufffd42", isBroken ? run.Error : run.Output);
        Assert.DoesNotContain("\u001b", run.Output + run.Error);
    }

    [Fact]
    public void A_root_that_is_none_ends_with_1()
    {
        ToolRun run = ToolRun.Start("inspect", _folder.Image, "--root", "0x497000");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("the KHO root at 0x497000 is no valid device tree", run.Error);
    }

    [Fact]
    public void A_file_that_is_not_there_ends_with_1()
    {
        ToolRun run = ToolRun.Start("inspect", _folder.GetPath("nothing"));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("nothing", run.Error);
    }

    [Theory]
    [InlineData]
    [InlineData("inspect")]
    [InlineData("look", "IMAGE")]
    [InlineData("inspect", "IMAGE", "--root", "here")]
    [InlineData("inspect", "IMAGE", "--root", "-1")]
    [InlineData("inspect", "IMAGE", "--kernel", "6.18")]
    [InlineData("inspect", "IMAGE", "--raw-base", "0x1ffffffffffffffff")]
    [InlineData("extract", "IMAGE", "vm-42", "1")]
    [InlineData("extract", "IMAGE", "vm-42", "first", "-o", "file")]
    public void A_wrong_command_line_ends_with_2(params string[] arguments)
    {
        ToolRun run = ToolRun.Start(arguments);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("luo --help", run.Error);
    }

    [Fact]
    public void Help_is_no_error()
    {
        ToolRun run = ToolRun.Start("--help");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("inspect", run.Text);
        Assert.Contains("extract", run.Text);
    }

    /// <summary>Writes the memory of the image as one plain run.</summary>
    private ulong WriteRaw(string path)
    {
        byte[] image = File.ReadAllBytes(_folder.Image);
        int count = BitConverter.ToUInt16(image, 56);
        // The note comes first; after it runs of memory by ascending address.
        ulong Field(int segment, int offset) => BitConverter.ToUInt64(image, 64 + (segment * 56) + offset);
        ulong start = Field(1, 24);
        byte[] raw = new byte[Field(count - 1, 24) + Field(count - 1, 32) - start];
        for (int i = 1; i < count; i++)
            image.AsSpan((int)Field(i, 8), (int)Field(i, 32)).CopyTo(raw.AsSpan((int)(Field(i, 24) - start)));
        File.WriteAllBytes(path, raw);
        return start;
    }
}
