using System.Security.Cryptography;
using System.Text.Json;

namespace LuoHandlers.Tool.Tests;

public sealed class ExtractTests : IDisposable
{
    private readonly ImageFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_memfd_of_a_real_image_is_extracted()
    {
        string path = _folder.GetPath("contents");
        int extracted = 0;
        foreach (JsonElement session in JsonDocument.Parse(ImageFolder.Description).RootElement.GetProperty("sessions").EnumerateArray())
        {
            foreach (JsonElement file in session.GetProperty("files").EnumerateArray())
            {
                ToolRun run = ToolRun.Start(
                    "extract", _folder.Image, session.GetProperty("name").GetString()!, file.GetProperty("token").GetString()!, "-o", path);
                Assert.Equal((0, ""), (run.ExitCode, run.Error));
                byte[] contents = File.ReadAllBytes(path);
                Assert.Equal(file.GetProperty("memfd").GetProperty("size").GetInt64(), contents.Length);
                Assert.Equal(file.GetProperty("memfd").GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(contents)));
                extracted++;
            }
        }
        Assert.Equal(5, extracted);
    }

    [Fact]
    public void The_contents_are_what_was_written_into_the_memfd()
    {
        string path = _folder.GetPath("contents");
        Assert.Equal(0, ToolRun.Start("extract", _folder.Image, "vm-42", "2", "--output", path).ExitCode);
        uint x = 2;
        byte[] expected = new byte[5000];
        for (int i = 0; i < expected.Length; i++)
        {
            x = unchecked((x * 1664525) + 1013904223);
            expected[i] = (byte)(x >> 24);
        }
        Assert.Equal(expected, File.ReadAllBytes(path));
    }

    [Fact]
    public void A_session_that_is_not_there_ends_with_1_and_the_names_that_are()
    {
        ToolRun run = ToolRun.Start("extract", _folder.Image, "vm-43", "1", "-o", _folder.GetPath("contents"));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("\"vm-42\", \"empty-session\", \"db\"", run.Error);
        Assert.False(File.Exists(_folder.GetPath("contents")));
    }

    [Fact]
    public void A_token_that_is_not_there_ends_with_1()
    {
        ToolRun run = ToolRun.Start("extract", _folder.Image, "vm-42", "0x9", "-o", _folder.GetPath("contents"));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("no file of the token 0x9", run.Error);
    }

    [Fact]
    public void A_file_that_is_no_memfd_ends_with_1()
    {
        byte[] image = File.ReadAllBytes(_folder.Image);
        // The entry of a file: its handler's name, its handle, its token.
        int handle = image.AsSpan().IndexOf([.. BitConverter.GetBytes(0x6ce000UL), .. BitConverter.GetBytes(1UL)]);
        "vmfd-v1\0\0"u8.CopyTo(image.AsSpan(handle - 48));
        File.WriteAllBytes(_folder.Image, image);
        ToolRun run = ToolRun.Start("extract", _folder.Image, "vm-42", "1", "-o", _folder.GetPath("contents"));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("\"vmfd-v1\"", run.Error);
    }

    [Fact]
    public void A_file_without_a_known_state_is_shown_without_contents()
    {
        byte[] image = File.ReadAllBytes(_folder.Image);
        int handle = image.AsSpan().IndexOf([.. BitConverter.GetBytes(0x6ce000UL), .. BitConverter.GetBytes(1UL)]);
        "vmfd-v1\0\0"u8.CopyTo(image.AsSpan(handle - 48));
        File.WriteAllBytes(_folder.Image, image);
        JsonElement file = JsonDocument.Parse(ToolRun.Start("inspect", _folder.Image, "--json").Bytes).RootElement
            .GetProperty("sessions")[0].GetProperty("files")[0];
        Assert.Equal("vmfd-v1", file.GetProperty("compatible").GetString());
        Assert.Equal("0x6ce000", file.GetProperty("data").GetString());
        Assert.False(file.TryGetProperty("memfd", out _));
    }

    [Fact]
    public void A_file_that_cannot_be_written_ends_with_1() =>
        Assert.Equal(1, ToolRun.Start("extract", _folder.Image, "vm-42", "1", "-o", _folder.GetPath("no/such/folder")).ExitCode);
}
